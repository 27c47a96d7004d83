/** One line without the spaces that justification put between its characters. Spaces that part words or names stay. */
export function repairSpaces(line: string): string {
  return tighten(line.replace(BLANKS, " ").trim()).replace(AT_MARK, "");
}

/** Every kind of horizontal white space, however much of it. */
const BLANKS = /[^\S\n]+/gu;

/** White space before a mark that closes, or after one that opens, parts nothing. */
const AT_MARK = /(?<=\S) (?=[，。、；：！？”’」』）》〉】])|(?<=[“‘「『（《〈【]) (?=\S)/gu;

/** A lone character with the punctuation that sticks to it, as it stands in a line stretched to its column's width. */
const LONE =
  /^[，。、；：！？…—·“”‘’「」『』（）《》〈〉【】]*(?:[\p{Script=Han}\d][，。、；：！？…—·“”‘’「」『』（）《》〈〉【】]*)?$/u;

/** Fewer in a row may be a name that was spaced to the width of others: 彭 婷. */
const STRETCHED = 4;

function tighten(line: string): string {
  const words = line.split(" ");
  const pieces: string[] = [];
  for (let at = 0; at < words.length; ) {
    let end = at;
    while (end < words.length && LONE.test(words[end]!)) end++;
    const stretched = end - at >= STRETCHED && /\p{Script=Han}/u.test(words.slice(at, end).join(""));
    pieces.push(stretched ? words.slice(at, end).join("") : words.slice(at, Math.max(end, at + 1)).join(" "));
    at = Math.max(end, at + 1);
  }
  return pieces.join(" ");
}
