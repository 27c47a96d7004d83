import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { SkipCode } from "../../corpus/skipped-file.ts";

/** The layout of everything below the index folder; another number is another layout. */
export const INDEX_FORMAT = 2;

/** The command that puts every trouble with an index right. */
export const REBUILD = 'Run "npx wenju index" to build it anew.';

/** The files of a generation besides its facts. */
export const GENERATION_FILES = {
  articles: "articles.jsonl",
  passages: "passages.jsonl",
  vectors: "vectors.hnsw",
  keywords: "keywords.bin",
  sentences: "sentences.bin",
  words: "words.bin",
  embeddings: "embeddings.bin",
} as const;

export type GenerationFile = (typeof GENERATION_FILES)[keyof typeof GENERATION_FILES];

/** Written last: a folder that holds it is whole. */
export const FACTS_FILE = "generation.json";

const count = z.number().int().nonnegative();
const fileFactsSchema = z.object({ bytes: count, sha256: z.string() });
const fingerprintSchema = z.object({
  path: z.string(),
  bytes: count,
  modifiedAt: z.number(),
  sha256: z.string(),
});
const skippedSchema = z.object({
  file: z.string(),
  code: z.custom<SkipCode>((value) => typeof value === "string"),
  reason: z.string(),
});

export const generationFactsSchema = z.object({
  id: z.string().regex(/^\d{8}T\d{9}-[0-9a-f]{6}$/),
  modelId: z.string(),
  dimensions: count,
  /** Names the options that it was built with. */
  options: z.string(),
  articles: count,
  passages: count,
  sentences: count,
  /** How many different ones the passages and sentences are. */
  texts: count,
  /** The files of the corpus as they were read. */
  corpus: z.array(fingerprintSchema),
  skipped: z.array(skippedSchema),
  /** What `words.txt` of the corpus wanted kept whole. */
  words: z.array(z.object({ word: z.string(), tag: z.string() })).default([]),
  files: z.record(z.enum(Object.values(GENERATION_FILES)), fileFactsSchema),
});

/** What a generation holds and what it was made of. */
export type GenerationFacts = Readonly<z.infer<typeof generationFactsSchema>>;
export type FileFacts = Readonly<z.infer<typeof fileFactsSchema>>;
/** `modifiedAt` in milliseconds; 0 where the clock is too coarse to tell whether the file changed since. */
export type FileFingerprint = Readonly<z.infer<typeof fingerprintSchema>>;

export function generationsFolder(indexFolder: string): string {
  return join(indexFolder, "generations");
}

export function generationFolder(indexFolder: string, id: string): string {
  return join(generationsFolder(indexFolder), id);
}

export function fileFacts(bytes: Uint8Array | string): FileFacts {
  return {
    bytes: typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
