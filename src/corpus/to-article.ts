import type { Article, Heading } from "./article.ts";
import type { Block } from "./block.ts";
import type { ParsedArticle } from "./formats/article-parser.ts";
import { findDate, findSource } from "./head/find-source.ts";
import { findTitle } from "./head/find-title.ts";
import { repairText } from "./repair/repair-text.ts";
import { SkippedFileError } from "./skipped-file.ts";

/** The article in what a parser read. Throws a `SkippedFileError` where it holds no text. */
export function toArticle(id: string, path: string, parsed: ParsedArticle): Article {
  const blocks = repairText(parsed.text);
  if (!blocks.some(({ text }) => /[\p{L}\p{N}]/u.test(text)))
    throw new SkippedFileError("EMPTY", "It holds no text.");
  const found = findTitle(blocks);
  const publishedAt = parsed.publishedAt ?? findDate(blocks);
  return {
    id,
    title: parsed.title ?? found?.title ?? readableName(path),
    source: parsed.source ?? findSource(blocks) ?? path.slice(path.lastIndexOf("/") + 1),
    ...(publishedAt && { publishedAt }),
    ...(parsed.url && { url: parsed.url }),
    ...layOut(nameTitle(blocks, found?.at ?? [])),
  };
}

/** `notes/湘潭_2021-06.txt` is called 湘潭 2021-06. */
function readableName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]+$/u, "");
  return name.replace(/[_\s]+|(?<!\d)-|-(?!\d)/gu, " ").trim() || path;
}

const NAMES = /^[\p{Script=Han}·]{1,4}(?:[ 、][\p{Script=Han}·]{1,4})+$/u;

/** The blocks that are the title, and the names below it that no word calls authors. */
function nameTitle(blocks: readonly Block[], at: readonly number[]): Block[] {
  return blocks.map((block, i): Block => {
    if (at.includes(i)) return { kind: "title", text: block.text };
    const named = block.kind === "heading" && at.includes(i - 1) && NAMES.test(block.text);
    return named ? { kind: "caption", byline: true, text: block.text } : block;
  });
}

const BULLET = /^(?:[●○■□◆◇★☆※•·▲◎]\s*)+/u;

/** One block a line, and where the headings and captions came to stand. */
function layOut(blocks: readonly Block[]): Pick<Article, "text" | "headings" | "captions"> {
  const headings: Heading[] = [];
  const captions: { start: number; end: number }[] = [];
  let start = 0;
  for (const { kind, text, level = 2 } of blocks) {
    const end = start + text.length;
    const bullet = BULLET.exec(text)?.[0].length ?? 0;
    if (kind === "title") headings.push({ span: { start, end }, level: 0 });
    if (kind === "heading") headings.push({ span: { start: start + bullet, end }, level });
    if (kind === "caption") captions.push({ start, end });
    start = end + 1;
  }
  return { text: blocks.map(({ text }) => text).join("\n"), headings, captions };
}
