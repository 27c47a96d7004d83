import { type LineMark, markOf } from "../repair/line-mark.ts";
import { repairSpaces } from "../repair/repair-spaces.ts";

/** A line of a file that holds text. */
export type SourceLine = {
  /** Without markup, indentation and justification. */
  readonly text: string;
  /** In widths of a Chinese character, its indentation included. */
  readonly width: number;
  readonly indented: boolean;
  /** How many blank lines stand before it. */
  readonly gap: number;
  readonly mark: LineMark;
};

/** The lines of a text that are not blank, indentation counted from the leftmost of them. */
export function readLines(text: string): SourceLine[] {
  const written: { raw: string; indent: number; gap: number }[] = [];
  let gap = 0;
  for (const raw of calmBreaks(text).split("\n")) {
    if (raw.trim() === "") gap++;
    else {
      written.push({ raw, indent: widthOf(/^\s*/u.exec(raw)![0]), gap });
      gap = 0;
    }
  }
  const margin = written.reduce((least, { indent }) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  return written.map((line) => toSourceLine(line.raw, line.indent - margin, line.gap));
}

/** One kind of line break, and none of the characters that nobody sees. */
function calmBreaks(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\x85\u2028\u2029]/gu, "\n")
    .replace(/[\u00ad\u200b\u2060\ufeff]|(?![\n\t])\p{Cc}/gu, "");
}

function toSourceLine(raw: string, indent: number, gap: number): SourceLine {
  const calm = repairSpaces(raw);
  const mark = markOf(calm);
  const text = mark.kind === "heading" ? calm.replace(/^#+\s*/u, "") : calm;
  const indented = indent >= 1.5;
  return { text, width: (indented ? indent : 0) + widthOf(text), indented, gap, mark };
}

/** In widths of a Chinese character. A space counts a quarter, as Chinese typesetting has it. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character === " ") width += 0.25;
    else if (character === "\t") width += 2;
    else width += character.codePointAt(0)! < 0x2000 ? 0.5 : 1;
  }
  return width;
}

const ENDS = /[。！？!?…⋯｡][”’」』）)】》〉"']*$/u;
const ENDS_LATIN = /[a-z\d)"'”’]\.["'”’)]*$/iu;

/** Whether a sentence ends with the line. */
export function endsSentence(text: string): boolean {
  return ENDS.test(text) || (ENDS_LATIN.test(text) && !/\p{Script=Han}/u.test(text.slice(-8)));
}
