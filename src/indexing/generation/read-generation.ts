import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Passage } from "../../chunk/passage.ts";
import type { Article } from "../../corpus/article.ts";
import { WenjuError } from "../../errors.ts";
import { runInTurns, type Steps } from "../../steps.ts";
import { learnWords } from "../../text/segment.ts";
import type { CorpusIndex } from "../corpus-index.ts";
import { KeywordIndex } from "../keyword-index.ts";
import { SentenceIndex } from "../sentence-index.ts";
import { HnswIndex } from "../vectors/hnsw-index.ts";
import { WordVectors } from "../word-vectors.ts";
import {
  FACTS_FILE,
  GENERATION_FILES,
  type GenerationFacts,
  type GenerationFile,
  generationFactsSchema,
  generationFolder,
  REBUILD,
} from "./generation.ts";
import { checkFormat } from "./manifest.ts";
import { unsealJson } from "./sealed-json.ts";

/** Reads what a generation says of itself. Throws `INDEX_CORRUPT` or `INDEX_MISMATCH` (another format). */
export async function readFacts(indexFolder: string, id: string): Promise<GenerationFacts> {
  const file = join(generationFolder(indexFolder, id), FACTS_FILE);
  const body = unsealJson(await readFile(file, "utf8").catch(missing(file)));
  checkFormat(body, indexFolder);
  const facts = generationFactsSchema.safeParse(body).data;
  if (facts?.id !== id) throw damaged(file, "it is not what was written");
  return facts;
}

/** Reads a file of a generation. Throws `INDEX_CORRUPT` unless it is the one that was written, to the last bit. */
export async function readChecked(
  indexFolder: string,
  facts: GenerationFacts,
  name: GenerationFile,
): Promise<Buffer> {
  const file = join(generationFolder(indexFolder, facts.id), name);
  const bytes = await readFile(file).catch(missing(file));
  const expected = facts.files[name];
  if (bytes.byteLength !== expected.bytes) {
    throw damaged(file, `it has ${bytes.byteLength} bytes, not ${expected.bytes}`);
  }
  if ((await runInTurns(hashing(bytes))) !== expected.sha256)
    throw damaged(file, "its SHA-256 is not the one it had");
  return bytes;
}

/** Loads a generation whose facts are known to fit. Throws `INDEX_CORRUPT`. */
export async function readGeneration(indexFolder: string, facts: GenerationFacts): Promise<CorpusIndex> {
  learnWords(facts.words);
  const read = (name: GenerationFile) => readChecked(indexFolder, facts, name);
  const articles = await runInTurns(parseLines<Article>(await read(GENERATION_FILES.articles)));
  const passages = await runInTurns(parsePassages(await read(GENERATION_FILES.passages), articles));
  const keywords = await runInTurns(KeywordIndex.reading(await read(GENERATION_FILES.keywords)));
  const sentences = SentenceIndex.fromBytes(await read(GENERATION_FILES.sentences));
  const words = WordVectors.fromBytes(await read(GENERATION_FILES.words));
  const vectors = await HnswIndex.open(
    join(generationFolder(indexFolder, facts.id), GENERATION_FILES.vectors),
    { dimensions: facts.dimensions, size: facts.passages, bytes: await read(GENERATION_FILES.vectors) },
  );
  if (articles.length !== facts.articles || passages.length !== facts.passages) {
    throw damaged(generationFolder(indexFolder, facts.id), "its files do not belong together");
  }
  return {
    generation: facts.id,
    modelId: facts.modelId,
    articles: new Map(articles.map((article) => [article.id, article])),
    passages,
    vectors,
    keywords,
    sentences,
    words,
  };
}

/** A passage's text is a part of its article's: it is stored once. */
type StoredPassage = Omit<Passage, "text">;

export function formatPassages(passages: readonly Passage[]): string {
  return formatLines(passages.map(({ text: _, ...stored }): StoredPassage => stored));
}

export function formatLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

function* parsePassages(bytes: Buffer, articles: readonly Article[]): Steps<Passage[]> {
  const texts = new Map(articles.map(({ id, text }) => [id, text]));
  const stored = yield* parseLines<StoredPassage>(bytes);
  return stored.map((stored) => {
    const text = texts.get(stored.articleId);
    if (text === undefined) throw damaged(stored.id, "its article is missing");
    return { ...stored, text: text.slice(stored.span.start, stored.span.end) };
  });
}

/** The bytes were written by this version and are unharmed: their types are what they were. */
function* parseLines<T>(bytes: Buffer): Steps<T[]> {
  const values: T[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf("\n", start);
    values.push(JSON.parse(bytes.toString("utf8", start, end)) as T);
    start = end + 1;
    yield;
  }
  return values;
}

/** Of so many bytes, the hash takes about a millisecond. */
const BYTES_A_STEP = 512 * 1024;

function* hashing(bytes: Buffer): Steps<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < bytes.length; start += BYTES_A_STEP) {
    hash.update(bytes.subarray(start, start + BYTES_A_STEP));
    yield;
  }
  return hash.digest("hex");
}

function missing(file: string): (cause: unknown) => never {
  return (cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WenjuError("INDEX_CORRUPT", `${file} cannot be read: ${reason}. ${REBUILD}`, { cause });
  };
}

function damaged(file: string, what: string): WenjuError {
  return new WenjuError("INDEX_CORRUPT", `${file} is damaged: ${what}. ${REBUILD}`);
}
