import { once } from "node:events";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Network } from "../../../src/answer/ranking/scoring/network/sentence-ranker.ts";
import type { Example } from "../gather-features.ts";
import { fitNetwork } from "./fit-network.ts";

type Task = { readonly fits: readonly Example[]; readonly seed: number };
type Message = { readonly network: Network } | { readonly epoch: number; readonly loss: number };

// the file is its own worker: what is bundled is one file
if (!isMainThread && workerData?.fits) {
  const { fits, seed }: Task = workerData;
  const say = (message: Message) => parentPort!.postMessage(message);
  say({ network: fitNetwork(fits, { seed, onEpoch: (epoch, loss) => say({ epoch, loss }) }) });
}

/**
 * Fits a network for each seed, as many at a time as there are processors, and returns them in the order of their seeds. Where one
 * fails all end, and that is thrown.
 */
export async function fitInThreads(
  examples: readonly Example[],
  seeds: readonly number[],
  onEpoch: (seed: number, epoch: number, loss: number) => void,
): Promise<Network[]> {
  const networks = new Map<number, Network>();
  const workers = new Set<Worker>();
  const waiting = [...seeds];
  const fitNext = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
      const of = seed;
      const worker = new Worker(new URL(import.meta.url), {
        workerData: { fits: examples, seed } satisfies Task,
      });
      workers.add(worker);
      worker.on("message", (message: Message) => {
        if ("network" in message) networks.set(of, message.network);
        else onEpoch(of, message.epoch, message.loss);
      });
      await once(worker, "exit");
      workers.delete(worker);
      if (!networks.has(of)) throw new Error(`the thread of seed ${of} ended without a network`);
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, fitNext));
  } finally {
    for (const worker of workers) await worker.terminate();
  }
  return seeds.map((seed) => networks.get(seed)!);
}
