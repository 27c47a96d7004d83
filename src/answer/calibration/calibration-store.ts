import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { replaceDurably } from "../../indexing/generation/durable-files.ts";
import { generationFolder } from "../../indexing/generation/generation.ts";
import { sealJson, unsealJson } from "../../indexing/generation/sealed-json.ts";
import { QUANTITY_WEIGHTS } from "../../question/quantities/quantity-weights.ts";
import { ENTRIES } from "../../question/thesaurus/entries.ts";
import { RANKER_WEIGHTS } from "../ranking/scoring/network/ranker-weights.ts";
import type { Calibration } from "./calibrate.ts";
import { PROBE_QUESTIONS } from "./probe-questions.ts";

const FILE = "calibration.json";

const outcome = z.object({ questions: z.number(), refused: z.number() });
const schema = z.object({
  generation: z.string(),
  madeWith: z.string(),
  threshold: z.number(),
  outside: outcome,
  inside: outcome,
});

/** What was found for this generation of an index and lies in its folder; undefined where nothing, or nothing that still holds. */
export async function readCalibration(
  indexFolder: string,
  generation: string,
): Promise<Calibration | undefined> {
  try {
    const stored = schema.parse(unsealJson(await readFile(fileOf(indexFolder, generation), "utf8")));
    const holds = stored.generation === generation && stored.madeWith === MADE_WITH;
    return holds ? stored : undefined;
  } catch {
    // missing or damaged: it is made again in seconds
    return undefined;
  }
}

/** Keeps a calibration with its generation, whose files it does not belong to: it may be replaced. Throws what the file system throws. */
export async function writeCalibration(
  indexFolder: string,
  generation: string,
  { threshold, outside, inside }: Calibration,
): Promise<void> {
  const stored = { generation, madeWith: MADE_WITH, threshold, outside, inside };
  await replaceDurably(fileOf(indexFolder, generation), sealJson(stored));
}

function fileOf(indexFolder: string, generation: string): string {
  return join(generationFolder(indexFolder, generation), FILE);
}

/** To be raised whenever features or odds are computed otherwise than before. */
const ODDS_VERSION = 8;

/** Another ranker, thesaurus or expectation of quantities has other odds, and other probes another quantile. */
const MADE_WITH = createHash("sha256")
  .update(
    JSON.stringify([ODDS_VERSION, RANKER_WEIGHTS.base64, QUANTITY_WEIGHTS.base64, ENTRIES, PROBE_QUESTIONS]),
  )
  .digest("hex")
  .slice(0, 12);
