import { basename, dirname } from "node:path";
import { AutoModel, AutoTokenizer, env } from "@xenova/transformers";
import type { Pooling } from "./catalog.ts";

/** Which model to load, and how to use it. */
export type EmbedderSettings = {
  readonly folder: string;
  readonly quantized: boolean;
  readonly pooling: Pooling;
  /** Texts are cut after so many tokens. */
  readonly maxTokens: number;
};

/** The unit vectors of some texts, one after the other. */
export type Embedder = (texts: readonly string[]) => Promise<Float32Array>;

/** Loads a model from its folder, and from nowhere else. It runs on the thread that calls it. */
export async function loadEmbedder({
  folder,
  quantized,
  pooling,
  maxTokens,
}: EmbedderSettings): Promise<Embedder> {
  env.allowRemoteModels = false;
  env.useFSCache = false;
  env.localModelPath = dirname(folder);
  const name = basename(folder);
  const tokenizer = await AutoTokenizer.from_pretrained(name);
  const model = await AutoModel.from_pretrained(name, { quantized });
  // without a limit of its own a tokeniser would let more tokens through than the model has places for
  tokenizer.model_max_length = maxTokens;

  return async (texts) => {
    const inputs: { attention_mask: Tensor } = tokenizer(
      // no token is near 16 characters long on average: what lies beyond would be cut off after much work
      texts.map((text) => text.slice(0, maxTokens * 16)),
      { padding: true, truncation: true },
    );
    const outputs: Outputs = await model(inputs);
    const states = outputs.last_hidden_state ?? outputs.token_embeddings;
    if (states?.dims.length !== 3) {
      throw new Error(`the model gives ${Object.keys(outputs).join(", ")}, not last_hidden_state`);
    }
    return pool(states, inputs.attention_mask, pooling);
  };
}

type Tensor = { readonly data: ArrayLike<number | bigint>; readonly dims: readonly number[] };
type Outputs = { readonly last_hidden_state?: Tensor; readonly token_embeddings?: Tensor };

/** One unit vector a text. The library's own pooling gives the same figures in ten times the time. */
function pool(states: Tensor, mask: Tensor, pooling: Pooling): Float32Array {
  const [texts = 0, tokens = 0, dimensions = 0] = states.dims;
  // read once: the library's tensors are proxies, slow at every look
  const values = states.data as Float32Array;
  const used = Array.from(mask.data, Number);
  const vectors = new Float32Array(texts * dimensions);
  for (let text = 0; text < texts; text++) {
    const vector = vectors.subarray(text * dimensions, (text + 1) * dimensions);
    for (let token = 0; token < (pooling === "cls" ? 1 : tokens); token++) {
      const place = text * tokens + token;
      if (pooling === "mean" && !used[place]) continue;
      for (let i = 0; i < dimensions; i++) vector[i]! += values[place * dimensions + i]!;
    }
    normalise(vector);
  }
  return vectors;
}

function normalise(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!(length > 0 && length < Infinity)) throw new Error(`the model gives a vector of length ${length}`);
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
}
