import type { Block } from "../block.ts";
import { endsSentence, type SourceLine } from "../head/source-line.ts";
import { inRuns } from "./in-runs.ts";

/** Says of each whole line whether it is a heading, a caption or a paragraph. */
export function readBlocks(lines: readonly SourceLine[]): Block[] {
  const marked = lines.some(({ mark }) => mark.kind === "heading");
  const gaps = lines
    .slice(1)
    .map(({ gap }) => gap)
    .sort((a, b) => a - b);
  const wide = (gaps[Math.floor(gaps.length / 2)] ?? 0) + 2;
  const listed = listedLines(lines);
  return lines.map((line, i) => {
    const setOff = i > 0 && line.gap >= wide;
    const setOffAfter = (lines[i + 1]?.gap ?? wide) >= wide;
    return toBlock(line, { marked, setOff, setOffAfter, listed: i > 0 && listed[i]! });
  });
}

type Surroundings = {
  /** The file marks its headings, so a line without a mark is none. */
  readonly marked: boolean;
  /** More blank lines than usual stand before the line, as where a picture was; and after it. */
  readonly setOff: boolean;
  readonly setOffAfter: boolean;
  /** It is one of many short lines, as in a list of names. */
  readonly listed: boolean;
};

function toBlock(
  { text, width, mark }: SourceLine,
  { marked, setOff, setOffAfter, listed }: Surroundings,
): Block {
  if (mark.kind === "heading") return { kind: "heading", level: mark.level, text };
  if (mark.kind === "byline" || mark.kind === "credit") return { kind: "caption", byline: true, text };
  if (mark.kind === "caption" || mark.kind === "rule") return { kind: "caption", text };
  const single = width <= LONGEST_CAPTION && !/[。！？].*[^”’」』）]$/u.test(text.slice(0, -1));
  if (single && setOff && mark.kind === "none" && (endsSentence(text) || marked || setOffAfter))
    return { kind: "caption", text };
  if (!isShort(text, width) || /^[-*+]\s/u.test(text) || listed) return { kind: "paragraph", text };
  return marked
    ? { kind: "caption", text }
    : { kind: "heading", level: /^[（(\d]/u.test(text) ? 3 : 2, text };
}

const LONGEST_CAPTION = 45;
const LONGEST_HEADING = 32;

/** Whether it could be a heading: short, and no sentence or part of one. */
function isShort(text: string, width: number): boolean {
  return (
    width <= LONGEST_HEADING &&
    !endsSentence(text) &&
    !/[，,、；;：:。]$/u.test(text) &&
    !/[。！？!?]./u.test(text.replace(/[“「『《].*?[”」』》]/gu, ""))
  );
}

/** So many short lines in a row are a list; of lines that are numbered or have bullets, fewer do. */
const LIST = 4;
const NUMBERED_LIST = 3;

/** Of each line, whether it is one of a list. */
function listedLines(lines: readonly SourceLine[]): boolean[] {
  const short = lines.map(
    ({ text, width, mark }) =>
      !text.startsWith("——") && /none|label|item/u.test(mark.kind) && isShort(text, width),
  );
  const numbered = lines.map(({ mark }, i) => short[i]! && mark.kind !== "none");
  const inList = inRuns(short, LIST);
  const inNumberedList = inRuns(numbered, NUMBERED_LIST);
  return lines.map((_, i) => inList[i]! || inNumberedList[i]!);
}
