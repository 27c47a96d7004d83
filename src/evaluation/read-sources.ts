import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { articleIds } from "../corpus/article-id.ts";
import { decodeText } from "../corpus/formats/decode-text.ts";
import { listFiles } from "../corpus/list-files.ts";
import { articleParsers } from "../corpus/read-corpus.ts";

/** The text of every readable file of a corpus as it stands there, by the id of its article. */
export async function readSources(corpusFolder: string): Promise<Map<string, string>> {
  const { paths } = await listFiles(corpusFolder);
  const extensions = articleParsers.flatMap((parser) => parser.extensions);
  const readable = paths.filter((path) => extensions.some((ending) => path.toLowerCase().endsWith(ending)));
  const sources = new Map<string, string>();
  for (const [path, id] of articleIds(readable)) {
    const bytes = await readFile(join(corpusFolder, path));
    sources.set(id, textOf(bytes));
  }
  return sources;
}

/** A file that is no text gave no article either. */
function textOf(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    return "";
  }
}
