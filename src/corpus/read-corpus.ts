import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { WenjuError } from "../errors.ts";
import type { LearnedWord } from "../text/segment.ts";
import type { Article } from "./article.ts";
import { articleIds, byCodeUnit } from "./article-id.ts";
import type { ArticleParser } from "./formats/article-parser.ts";
import { markdown } from "./formats/markdown.ts";
import { plainText } from "./formats/plain-text.ts";
import { listFiles } from "./list-files.ts";
import { type SkippedFile, SkippedFileError } from "./skipped-file.ts";
import { toArticle } from "./to-article.ts";
import { readWordList, WORD_LIST } from "./word-list.ts";

export type Corpus = {
  /** By id. */
  readonly articles: Article[];
  /** By path. */
  readonly skipped: SkippedFile[];
  /** What `words.txt` wants kept whole. */
  readonly words: readonly LearnedWord[];
};

export type ReadCorpusOptions = { readonly signal?: AbortSignal | undefined };

/** Every format that can be read. */
export const articleParsers: readonly ArticleParser[] = [plainText, markdown];

/** A file may have become a link, or a pipe that never ends, since the folder was listed. */
const NO_LINKS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** In bytes. A longer file is no article but a mistake. */
const LARGEST_FILE = 20 * 1024 * 1024;

/**
 * Reads every article below a folder. A file that gives none is reported and left out. Throws `CORPUS_NOT_FOUND` where
 * there is no folder, `CORPUS_EMPTY` where no file in it gives an article, and `ABORTED`.
 */
export async function readCorpus(folder: string, { signal }: ReadCorpusOptions = {}): Promise<Corpus> {
  await expectFolder(folder);
  const { paths, skipped } = await listFiles(folder).catch((cause: unknown) => {
    throw new WenjuError(
      "CORPUS_NOT_FOUND",
      `The corpus folder ${folder} cannot be read: ${messageOf(cause)}.`,
      { cause },
    );
  });
  const readable = paths.filter((path) => parserFor(path));
  const ids = articleIds(readable);
  const articles: Article[] = [];
  for (const path of paths) {
    if (signal?.aborted)
      throw new WenjuError("ABORTED", "Reading the corpus was stopped.", { cause: signal.reason });
    try {
      articles.push(await readArticle(folder, path, ids.get(path) ?? path));
    } catch (error) {
      skipped.push(toSkippedFile(path, error));
    }
  }
  const words = await readWordList(folder).catch((error: unknown) => {
    skipped.push(toSkippedFile(WORD_LIST, error));
    return [];
  });
  skipped.sort((a, b) => byCodeUnit(a.file, b.file));
  if (articles.length === 0) throw new WenjuError("CORPUS_EMPTY", describeEmpty(folder, skipped));
  return { articles: articles.sort((a, b) => byCodeUnit(a.id, b.id)), skipped, words };
}

async function expectFolder(folder: string): Promise<void> {
  const way = "Name a folder of .txt or .md files.";
  const found = await stat(folder).catch((cause: unknown) => {
    throw new WenjuError("CORPUS_NOT_FOUND", `There is no corpus folder ${folder}. ${way}`, { cause });
  });
  if (!found.isDirectory())
    throw new WenjuError("CORPUS_NOT_FOUND", `The corpus ${folder} is not a folder. ${way}`);
}

/** The parser of a file; none where it cannot be an article. */
export function parserFor(path: string): ArticleParser | undefined {
  const extension = extname(path).toLowerCase();
  return articleParsers.find(({ extensions }) => extensions.includes(extension));
}

async function readArticle(folder: string, path: string, id: string): Promise<Article> {
  const parser = parserFor(path);
  if (!parser) {
    const known = articleParsers.flatMap(({ extensions }) => extensions).join(", ");
    throw new SkippedFileError("UNSUPPORTED", `Only ${known} can be read.`);
  }
  const bytes = await readBytes(join(folder, path));
  return toArticle(id, path, await parser.parse({ path, bytes }));
}

async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, NO_LINKS);
  try {
    const { size } = await file.stat();
    if (size === 0) throw new SkippedFileError("EMPTY", "It is empty.");
    if (size > LARGEST_FILE) {
      const megabytes = (size / 1024 / 1024).toFixed(1);
      throw new SkippedFileError("TOO_LARGE", `It has ${megabytes} MB; at most 20 MB are read. Split it.`);
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function toSkippedFile(file: string, error: unknown): SkippedFile {
  if (error instanceof SkippedFileError) return { file, code: error.code, reason: error.message };
  return { file, code: "UNREADABLE", reason: `It cannot be read: ${messageOf(error)}.` };
}

function describeEmpty(folder: string, skipped: readonly SkippedFile[]): string {
  if (skipped.length === 0)
    return `The corpus folder ${folder} holds no articles. Put .txt or .md files into it.`;
  const shown = skipped.slice(0, 10).map(({ file, reason }) => `\n  ${file}: ${reason}`);
  const more = skipped.length > 10 ? `\n  and ${skipped.length - 10} more` : "";
  return `No file in the corpus folder ${folder} gives an article:${shown.join("")}${more}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
