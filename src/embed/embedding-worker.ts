import { type Embedder, type EmbedderSettings, loadEmbedder } from "./load-embedder.ts";

/** Batches that are embedded one after the other. */
export type WorkerRequest = { readonly id: number; readonly batches: readonly (readonly string[])[] };

/** The vectors of a batch's texts, one after the other, or why there are none. */
export type EmbeddedBatch = { readonly vectors: Float32Array } | { readonly reason: string };

/** `done` holds what became of each batch of the request. */
export type WorkerReply =
  | { readonly type: "ready"; readonly dimensions: number }
  | { readonly type: "unusable"; readonly reason: string }
  | { readonly type: "done"; readonly id: number; readonly batches: readonly EmbeddedBatch[] };

// the first message says what to load, the others what to embed
process.once("message", (settings: EmbedderSettings) => void serve(settings));
// it lives as long as its parent, which may still have a batch to finish when the terminal interrupts them both
process.on("disconnect", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

async function serve(settings: EmbedderSettings): Promise<void> {
  try {
    const embed = await loadEmbedder(settings);
    process.on("message", (request: WorkerRequest) => void answer(request, embed));
    // the first run allocates: better now than while a reader waits
    send({ type: "ready", dimensions: (await embed(["问据"])).length });
  } catch (error) {
    send({ type: "unusable", reason: String(error) });
  }
}

async function answer({ id, batches }: WorkerRequest, embed: Embedder): Promise<void> {
  const embedded: EmbeddedBatch[] = [];
  for (const texts of batches) embedded.push(await embedBatch(texts, embed));
  send({ type: "done", id, batches: embedded });
}

async function embedBatch(texts: readonly string[], embed: Embedder): Promise<EmbeddedBatch> {
  try {
    return { vectors: await embed(texts) };
  } catch (error) {
    return { reason: String(error) };
  }
}

function send(reply: WorkerReply): void {
  process.send?.(reply);
}
