import type { Citation } from "../../src/answer/answer.ts";

export type InlinePart = { readonly text: string } | { readonly marker: number };

/** A piece of an answer: a verbatim excerpt that stands alone, or prose with markers in it. */
export type AnswerBlock =
  | { readonly kind: "excerpt"; readonly citation: Citation; readonly shown: string }
  | { readonly kind: "prose"; readonly parts: readonly InlinePart[] };

/**
 * Reads an answer's text as a page shows it. A quote that stands by itself with its marker becomes an excerpt, so
 * that it is not printed twice; while the text streams, the beginning of a quote already is one.
 */
export function answerBlocks(text: string, citations: readonly Citation[]): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const { block, length } = readExcerpt(rest, citations) ?? readProse(rest);
    blocks.push(block);
    rest = rest.slice(length).trimStart();
  }
  return blocks;
}

type Reading = { readonly block: AnswerBlock; readonly length: number };

function readExcerpt(text: string, citations: readonly Citation[]): Reading | undefined {
  const lead = /^[“「]?/.exec(text)?.[0].length ?? 0;
  const body = text.slice(lead);
  for (const citation of citations) {
    const { quote } = citation;
    if (quote === "") continue;
    if (isCutShort(body, citation)) {
      const shown = body.slice(0, quote.length);
      return { block: { kind: "excerpt", citation, shown }, length: text.length };
    }
    if (body.startsWith(quote)) {
      const tail = /^[”」]?[ \t]*(?:\[(\d+)\])?[ \t]*(?=\n|$)/.exec(body.slice(quote.length));
      if (!tail || (tail[1] !== undefined && Number(tail[1]) !== citation.marker)) continue;
      return {
        block: { kind: "excerpt", citation, shown: quote },
        length: lead + quote.length + tail[0].length,
      };
    }
  }
  return undefined;
}

/** True while the stream has brought a part of the excerpt only: some of the quote, or of the marker after it. */
function isCutShort(body: string, { quote, marker }: Citation): boolean {
  return [`${quote}[${marker}]`, `${quote} [${marker}]`].some((whole) => whole.startsWith(body));
}

function readProse(text: string): Reading {
  const end = text.indexOf("\n");
  const line = end < 0 ? text : text.slice(0, end);
  return { block: { kind: "prose", parts: splitMarkers(line) }, length: line.length };
}

function splitMarkers(line: string): InlinePart[] {
  return line
    .split(/(\[\d+\])/)
    .filter((part) => part !== "")
    .map((part) => (/^\[\d+\]$/.test(part) ? { marker: Number(part.slice(1, -1)) } : { text: part }));
}

/** The citations that no excerpt of the answer shows. */
export function citationsWithoutExcerpt(
  blocks: readonly AnswerBlock[],
  citations: readonly Citation[],
): Citation[] {
  const shown = new Set(
    blocks.map((block) => (block.kind === "excerpt" ? block.citation.marker : undefined)),
  );
  return citations.filter(({ marker }) => !shown.has(marker));
}
