import type { ArticleParser } from "./article-parser.ts";
import { decodeText } from "./decode-text.ts";
import { readFrontMatter } from "./front-matter.ts";

/** Markdown: its front matter tells about the article; its text is what a reader sees, headings keeping their `#`. */
export const markdown: ArticleParser = {
  extensions: [".md", ".markdown"],
  parse({ bytes }) {
    const { facts, body } = readFrontMatter(decodeText(bytes).replace(/\r\n?/gu, "\n"));
    return { ...facts, text: readable(body) };
  },
};

function readable(body: string): string {
  return dropComments(body)
    .replace(/^(\S.*)\n=+[ \t]*$/gmu, "# $1")
    .replace(/^(\S.*)\n-{2,}[ \t]*$/gmu, "## $1")
    .split("\n")
    .map(readableLine)
    .join("\n");
}

function dropComments(body: string): string {
  let rest = "";
  let from = 0;
  for (let start = body.indexOf("<!--"); start >= 0; start = body.indexOf("<!--", from)) {
    const end = body.indexOf("-->", start + 4);
    if (end < 0) break;
    rest += body.slice(from, start);
    from = end + 3;
  }
  return rest + body.slice(from);
}

/**
 * No pattern here looks past the next mark of its own kind: a line may be as long as the file, and may hold nothing but marks that
 * open.
 */
function readableLine(line: string): string {
  if (/^\s*(?:```|~~~)/u.test(line) || /^\s*([-*_])(?:\s*\1){2,}\s*$/u.test(line)) return "";
  return line
    .replace(/^\s{0,3}(?:>\s?)+/u, "")
    .replace(/^\s*#{1,6}\s.*$/u, withoutClosingHashes)
    .replace(/!\[([^[\]]*)\]\([^)[]*\)/gu, "$1")
    .replace(/\[([^[\]]+)\]\([^)[]*\)/gu, "$1")
    .replace(/\*\*(?=\S)((?:[^*]|\*(?!\*))+?)(?<=\S)\*\*/gu, "$1")
    .replace(/__(?=\S)((?:[^_]|_(?!_))+?)(?<=\S)__/gu, "$1")
    .replace(/(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])/gu, "$1")
    .replace(/`([^`]+)`/gu, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!>])/gu, "$1")
    .trimEnd();
}

/** `## 标题 ##` */
function withoutClosingHashes(heading: string): string {
  const written = heading.trimEnd();
  let end = written.length;
  while (written[end - 1] === "#") end--;
  const text = written.slice(0, end).trimEnd();
  return end < written.length && text.length < end && !/^\s*#*$/u.test(text) ? text : heading;
}
