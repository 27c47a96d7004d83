import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fold } from "../text/fold.ts";
import type { LearnedWord } from "../text/segment.ts";
import { decodeText } from "./formats/decode-text.ts";
import { SkippedFileError } from "./skipped-file.ts";

/** The file of a corpus folder that holds words for the search, and no article. */
export const WORD_LIST = "words.txt";

/** More would make every start slow, and is no list that someone wrote. */
const MOST_WORDS = 50_000;
/** In bytes: more than so many words need. */
const LARGEST_LIST = 4 * 1024 * 1024;

/**
 * The words that a corpus wants kept whole: one a line, `#` before a remark; a frequency and a part of speech behind a word, as
 * jieba's own lists have them, are read past and taken over. Empty where there is no list. Throws a `SkippedFileError`
 * that names the line where the list cannot be used.
 */
export async function readWordList(folder: string): Promise<LearnedWord[]> {
  const bytes = await readListFile(join(folder, WORD_LIST));
  if (bytes.length === 0) return [];
  const lines = decodeText(bytes).split(/\r?\n/u);
  const words = lines.flatMap((line, i) => parseLine(line.split("#", 1)[0]!.trim(), i + 1));
  if (words.length > MOST_WORDS) {
    throw new SkippedFileError(
      "TOO_LARGE",
      `It has ${words.length} words; at most ${MOST_WORDS} are read. Keep names and terms, no common words.`,
    );
  }
  return words;
}

async function readListFile(file: string): Promise<Uint8Array> {
  const facts = await lstat(file).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!facts) return new Uint8Array();
  if (facts.isSymbolicLink()) {
    throw new SkippedFileError(
      "SYMLINK",
      "It is a symbolic link, and links are not followed. Copy the file here.",
    );
  }
  if (facts.size > LARGEST_LIST) {
    throw new SkippedFileError("TOO_LARGE", `It has ${facts.size} bytes; at most ${LARGEST_LIST} are read.`);
  }
  return readFile(file);
}

/** 中西医结合医院, or 夏红 nr, or 夏红 3 nr. */
const LINE = /^(\S+)(?:\s+\d+)?(?:\s+([a-z]{1,3}))?$/iu;
const USABLE_WORD = /^[\p{Script=Han}\p{Script=Latin}\p{N}·•・+-]{2,20}$/u;
/** jieba's tag of a proper name that is no person, place or organisation. */
const DEFAULT_TAG = "nz";

function parseLine(line: string, number: number): LearnedWord[] {
  if (line === "") return [];
  const [, word = "", tag = DEFAULT_TAG] = LINE.exec(line) ?? [];
  const folded = fold(word);
  if (USABLE_WORD.test(folded)) return [{ word: folded, tag: tag.toLowerCase() }];
  throw new SkippedFileError(
    "MALFORMED",
    `Line ${number}, "${line.slice(0, 40)}", is not one word of 2 to 20 characters. Put one word on each line.`,
  );
}
