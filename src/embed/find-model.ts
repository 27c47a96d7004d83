import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { WenjuError } from "../errors.ts";
import { type CatalogModel, MODEL_CATALOG, type ModelSettings } from "./catalog.ts";
import { hashFile } from "./hash-file.ts";

/** A model on disk whose files are all there. */
export type FoundModel = ModelSettings & {
  /** Names the weights: another file or another setting is another id. */
  readonly id: string;
  readonly folder: string;
  /** Whether `onnx/model_quantized.onnx` is loaded rather than `onnx/model.onnx`. */
  readonly quantized: boolean;
  /** Unknown until it has run once, for a folder outside the catalog. */
  readonly dimensions: number | undefined;
};

/**
 * Finds a model by its catalog id or by its folder in transformers.js layout, and checks its files.
 * Throws `MODEL_NOT_FOUND` when there is no such id, folder or file, `MODEL_INVALID` when a file is not what it should be.
 */
export async function findModel(
  model: string,
  catalog: readonly CatalogModel[] = MODEL_CATALOG,
): Promise<FoundModel> {
  const known = catalog.find(({ id, folder }) => id === model || folder === resolve(model));
  return known ? checkCatalogModel(known) : readModelFolder(model, catalog);
}

async function checkCatalogModel({ files, ...model }: CatalogModel): Promise<FoundModel> {
  for (const [file, expected] of Object.entries(files)) {
    const path = join(model.folder, file);
    const found = await hashFile(path).catch((cause: unknown) => {
      throw new WenjuError(
        "MODEL_NOT_FOUND",
        `The model "${model.id}" has no file ${path}. Install the package again, or name another model with --model.`,
        { cause },
      );
    });
    if (found !== expected) {
      throw new WenjuError(
        "MODEL_INVALID",
        `The model file ${path} is damaged: its SHA-256 is ${found}, expected ${expected}. Install the package again.`,
      );
    }
  }
  return { ...model, quantized: "onnx/model_quantized.onnx" in files };
}

const FILES = ["config.json", "tokenizer.json", "tokenizer_config.json"] as const;
const WEIGHTS = ["onnx/model_quantized.onnx", "onnx/model.onnx"] as const;

async function readModelFolder(model: string, catalog: readonly CatalogModel[]): Promise<FoundModel> {
  const folder = resolve(model);
  const facts = await stat(folder).catch(() => undefined);
  if (!facts?.isDirectory()) {
    const ids = catalog.map(({ id }) => `"${id}"`).join(", ");
    throw new WenjuError(
      "MODEL_NOT_FOUND",
      `No model "${model}": it is neither a known id (${ids}) nor a folder (looked for ${folder}). Name one of them with --model.`,
    );
  }
  for (const file of FILES) if (!(await isFile(join(folder, file)))) throw missing(folder, file);
  const weights = (await isFile(join(folder, WEIGHTS[0]))) ? WEIGHTS[0] : WEIGHTS[1];
  if (!(await isFile(join(folder, weights)))) throw missing(folder, WEIGHTS.join(" or "));

  const settings = await readSettings(folder);
  return {
    ...settings,
    id: await nameWeights(folder, [weights, "tokenizer.json"], settings),
    folder,
    quantized: weights === WEIGHTS[0],
    dimensions: undefined,
  };
}

function missing(folder: string, file: string): WenjuError {
  return new WenjuError(
    "MODEL_NOT_FOUND",
    `The model folder ${folder} has no ${file}. A folder in transformers.js layout holds ${FILES.join(", ")} and ${WEIGHTS.join(" or ")}.`,
  );
}

async function nameWeights(folder: string, files: string[], settings: ModelSettings): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(settings));
  for (const file of files) hash.update(await hashFile(join(folder, file)));
  return `${basename(folder)}-${hash.digest("hex").slice(0, 12)}`;
}

const limitsSchema = z.object({ max_position_embeddings: z.number().int().positive().optional() });
const tokenizerSchema = z.object({ model_max_length: z.number().positive().optional() });
const poolingSchema = z.object({ pooling_mode_cls_token: z.boolean().optional() });
const wenjuSchema = z.strictObject({
  queryPrefix: z.string().optional(),
  passagePrefix: z.string().optional(),
  pooling: z.enum(["mean", "cls"]).optional(),
  maxTokens: z.number().int().positive().optional(),
});

/** What the folder says of itself: `wenju.json` first, then what sentence-transformers and transformers.js write. */
async function readSettings(folder: string): Promise<ModelSettings> {
  const own = await readJson(folder, "wenju.json", wenjuSchema);
  const config = await readJson(folder, "config.json", limitsSchema);
  const tokenizer = await readJson(folder, "tokenizer_config.json", tokenizerSchema);
  const pooling = await readJson(folder, "1_Pooling/config.json", poolingSchema);
  return {
    pooling: own?.pooling ?? (pooling?.pooling_mode_cls_token ? "cls" : "mean"),
    queryPrefix: own?.queryPrefix ?? "",
    passagePrefix: own?.passagePrefix ?? "",
    maxTokens: Math.min(
      own?.maxTokens ?? 512,
      config?.max_position_embeddings ?? 512,
      // tokenizers without a limit write 1e30 here
      tokenizer?.model_max_length ?? 512,
    ),
  };
}

async function readJson<T>(folder: string, file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new WenjuError("MODEL_INVALID", `The model file ${path} cannot be used: ${reason}`, { cause });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
