import { type Embedder, type EmbedderSettings, loadEmbedder } from "./load-embedder.ts";

export type WorkerRequest = { readonly id: number; readonly texts: readonly string[] };

/** `vectors` holds the vectors of the request's texts one after the other. */
export type WorkerReply =
  | { readonly type: "ready"; readonly dimensions: number }
  | { readonly type: "unusable"; readonly reason: string }
  | { readonly type: "done"; readonly id: number; readonly vectors: Float32Array }
  | { readonly type: "failed"; readonly id: number; readonly reason: string };

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
