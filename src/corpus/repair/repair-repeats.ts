import type { Block } from "../block.ts";

/** Shorter paragraphs may come again on purpose, as in a conversation or a refrain. */
const SURELY_A_MISTAKE = 20;
const SURELY_A_MISTAKE_NEXT_TO_ITSELF = 8;

/** The blocks without the paragraphs that were printed before, word for word. */
export function dropRepeats(blocks: readonly Block[]): Block[] {
  const printed = new Set<string>();
  return blocks.filter(({ kind, text }, i) => {
    const bare = text.replace(/\s/gu, "");
    const before = blocks[i - 1]?.text.replace(/\s/gu, "");
    const again =
      printed.has(bare) &&
      bare.length >= (before === bare ? SURELY_A_MISTAKE_NEXT_TO_ITSELF : SURELY_A_MISTAKE);
    printed.add(bare);
    return !(again && kind === "paragraph");
  });
}
