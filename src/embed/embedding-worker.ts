import { basename, dirname } from "node:path";
import { AutoModel, AutoTokenizer, env } from "@xenova/transformers";
import type { Pooling } from "./catalog.ts";

/** What the process is told first. */
export type WorkerSettings = {
  readonly folder: string;
  readonly quantized: boolean;
  readonly pooling: Pooling;
  readonly maxTokens: number;
};

export type WorkerRequest = { readonly id: number; readonly texts: readonly string[] };

/** `vectors` holds the vectors of the request's texts one after the other. */
export type WorkerReply =
  | { readonly type: "ready"; readonly dimensions: number }
  | { readonly type: "unusable"; readonly reason: string }
  | { readonly type: "done"; readonly id: number; readonly vectors: Float32Array }
  | { readonly type: "failed"; readonly id: number; readonly reason: string };

type Tensor = { readonly data: ArrayLike<number | bigint>; readonly dims: readonly number[] };
type Outputs = { readonly last_hidden_state?: Tensor; readonly token_embeddings?: Tensor };
type Embedder = (texts: readonly string[]) => Promise<Float32Array>;

process.once("message", (settings: WorkerSettings) => void serve(settings));
// it lives as long as its parent, which may still have a batch to finish when the terminal interrupts them both
process.on("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

async function serve(settings: WorkerSettings): Promise<void> {
  try {
    const embed = await loadEmbedder(settings);
    process.on("message", (request: WorkerRequest) => void answer(request, embed));
    // the first run allocates: better now than while a reader waits
    send({ type: "ready", dimensions: (await embed(["问据"])).length });
  } catch (error) {
    send({ type: "unusable", reason: String(error) });
  }
}

async function answer({ id, texts }: WorkerRequest, embed: Embedder): Promise<void> {
  try {
    send({ type: "done", id, vectors: await embed(texts) });
  } catch (error) {
    send({ type: "failed", id, reason: String(error) });
  }
}

function send(reply: WorkerReply): void {
  process.send?.(reply);
}

async function loadEmbedder({ folder, quantized, pooling, maxTokens }: WorkerSettings): Promise<Embedder> {
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
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
}
