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
  return body
    .replace(/<!--[\s\S]*?-->/gu, "")
    .replace(/^(\S.*)\n=+[ \t]*$/gmu, "# $1")
    .replace(/^(\S.*)\n-{2,}[ \t]*$/gmu, "## $1")
    .split("\n")
    .map(readableLine)
    .join("\n");
}

function readableLine(line: string): string {
  if (/^\s*(?:```|~~~)/u.test(line) || /^\s*([-*_])(?:\s*\1){2,}\s*$/u.test(line)) return "";
  return line
    .replace(/^\s{0,3}(?:>\s?)+/u, "")
    .replace(/^(\s*#{1,6}\s.*?)\s+#+\s*$/u, "$1")
    .replace(/!\[([^\]]*)\]\([^)]*\)/gu, "$1")
    .replace(/\[([^\]]+)\]\([^)]*\)/gu, "$1")
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/gu, "$2")
    .replace(/(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])/gu, "$1")
    .replace(/`([^`]+)`/gu, "$1")
    .replace(/\\([\\`*_{}[\]()#+\-.!>])/gu, "$1")
    .replace(/ {2,}$/u, "");
}
