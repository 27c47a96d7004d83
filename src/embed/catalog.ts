import { fileURLToPath } from "node:url";

/** How the vectors of a text's tokens become the text's vector: their mean, or the first one's. */
export type Pooling = "mean" | "cls";

/** What has to be known about a model to use it as it was trained. */
export type ModelSettings = {
  readonly pooling: Pooling;
  /** Put before every question, e.g. `query: `. */
  readonly queryPrefix: string;
  /** Put before every passage and sentence, e.g. `passage: `. */
  readonly passagePrefix: string;
  /** Texts are cut after so many tokens. */
  readonly maxTokens: number;
};

/** A model whose files are known byte for byte. */
export type CatalogModel = ModelSettings & {
  readonly id: string;
  /** Absolute path of the folder that comes with the package. */
  readonly folder: string;
  readonly dimensions: number;
  /** SHA-256 of every file that is loaded, by its path in the folder. */
  readonly files: Readonly<Record<string, string>>;
};

export const DEFAULT_MODEL_ID = "zh-news-embed-v1";

export const MODEL_CATALOG: readonly CatalogModel[] = [
  {
    id: DEFAULT_MODEL_ID,
    folder: bundled("zh-news-embed-v1"),
    dimensions: 480,
    pooling: "mean",
    queryPrefix: "",
    passagePrefix: "",
    maxTokens: 512,
    files: {
      "config.json": "74e64af660d861132dc7518deb917106e2e1f0008f0d636fe4dc8813c61895df",
      "tokenizer.json": "665e0510391a21632fd5ac4236edb839eec068b47a623f718173d1198dd5e3f8",
      "tokenizer_config.json": "b38d19c0d784486e15efb3dea63099f0f4a9426fa0d03cefbf7693d9e9fda19e",
      "onnx/model_quantized.onnx": "61baa603e7d4a14da48010a7c93ef39d16d613d4d42eea8a4c5e69f1c8f4f823",
    },
  },
];

/** `src/embed` and `dist/embed` lie equally deep below the package's root. */
function bundled(name: string): string {
  return fileURLToPath(new URL(`../../models/${name}`, import.meta.url));
}
