import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { WenjuError } from "../../errors.ts";
import { replaceDurably } from "./durable-files.ts";
import { generationsFolder, INDEX_FORMAT, REBUILD } from "./generation.ts";
import { sealJson, unsealJson } from "./sealed-json.ts";

/** Which generation counts, and which one counted before it. */
export type Manifest = { readonly current: string; readonly previous?: string | undefined };

const manifestSchema = z.object({ current: z.string(), previous: z.string().optional() });

/** The ids of the generations to try, the best first; `damaged` where the manifest itself could not say. */
export type Candidates = { readonly ids: readonly string[]; readonly damaged: boolean };

/**
 * Reads which generations there are. Without a readable manifest it is every folder, the newest first.
 * Throws `INDEX_NOT_FOUND` where there is nothing at all, `INDEX_MISMATCH` where the layout is another version's.
 */
export async function findGenerations(indexFolder: string): Promise<Candidates> {
  const text = await readFile(manifestFile(indexFolder), "utf8").catch(() => undefined);
  const manifest = text === undefined ? undefined : parseManifest(text, indexFolder);
  if (manifest) {
    const { current, previous } = manifest;
    return { ids: previous === undefined ? [current] : [current, previous], damaged: false };
  }
  const ids = await readdir(generationsFolder(indexFolder)).catch(() => []);
  if (text === undefined && ids.length === 0) {
    throw new WenjuError(
      "INDEX_NOT_FOUND",
      `There is no index in ${indexFolder}. Run "npx wenju index" first.`,
    );
  }
  return { ids: ids.sort().reverse(), damaged: true };
}

export async function writeManifest(indexFolder: string, manifest: Manifest): Promise<void> {
  await replaceDurably(manifestFile(indexFolder), sealJson({ format: INDEX_FORMAT, ...manifest }));
}

function parseManifest(text: string, indexFolder: string): Manifest | undefined {
  const body = unsealJson(text);
  checkFormat(body, indexFolder);
  return manifestSchema.safeParse(body).data;
}

/** The seal and `format` are the same in every version, so that each can tell the others' indexes from damaged ones. */
export function checkFormat(body: unknown, folder: string): void {
  const { data } = z.object({ format: z.number() }).safeParse(body);
  if (data === undefined || data.format === INDEX_FORMAT) return;
  throw new WenjuError(
    "INDEX_MISMATCH",
    `The index in ${folder} has format ${data.format}; this version reads format ${INDEX_FORMAT}. ${REBUILD}`,
  );
}

function manifestFile(indexFolder: string): string {
  return join(indexFolder, "manifest.json");
}
