import type { Block } from "../block.ts";
import { readLines, type SourceLine } from "../head/source-line.ts";
import { readBlocks } from "./read-blocks.ts";
import { dropRepeats } from "./repair-repeats.ts";
import { repairSpaces } from "./repair-spaces.ts";
import { groupLines } from "./repair-wraps.ts";

/**
 * What stands in a text: each paragraph, heading and caption whole and on its own, in the file's order. Only white space,
 * heading marks and paragraphs that were printed before are lost.
 */
export function repairText(text: string): Block[] {
  const lines = readLines(text);
  const whole = groupLines(lines).map(({ from, to }) => joinLines(lines.slice(from, to)));
  return dropRepeats(readBlocks(whole));
}

function joinLines(lines: readonly SourceLine[]): SourceLine {
  const text = lines.map((line) => line.text).reduce((before, after) => before + seam(before, after) + after);
  return { ...lines[0]!, text: repairSpaces(text), width: lines.reduce((sum, { width }) => sum + width, 0) };
}

/** Chinese is joined without a space, words of other scripts with one, unless a hyphen broke them. */
function seam(before: string, after: string): string {
  const end = before.slice(-4); // a paragraph of many lines is not looked through again for each of them
  if (/\p{L}-$/u.test(end) && /^\p{Ll}/u.test(after)) return "";
  const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}.,;:!?)"'%-]$/u.test(end);
  return spaced &&
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}("']|^\p{N}.*\p{Script=Latin}/u.test(after)
    ? " "
    : "";
}
