import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import type { Example } from "../../../../training/ranker/gather-features.ts";
import type * as Threads from "../../../../training/ranker/network/fit-in-threads.ts";
import { fitNetwork } from "../../../../training/ranker/network/fit-network.ts";
import { madeExample } from "../../../support/made-example.ts";
import { temporaryFolders } from "../../../support/temporary-folder.ts";

const EXAMPLES = Array.from({ length: 64 }, (_, i) =>
  madeExample({
    rows: [0, 1].map((row) => [0, 1].map((k) => ((i * 7 + row * 6 + k * 3) % 10) / 10)),
    matches: [0, 1].map((row) => [((i + row) % 4) / 4, (i % 3) / 3]),
    answers: [i % 2 === 0, false],
  }),
);

const temporaryFolder = temporaryFolders();

/** As `train.mjs` bundles it: a thread runs a file, and TypeScript is none that it could run. */
async function bundled(): Promise<typeof Threads> {
  const outfile = join(await temporaryFolder(), "fit-in-threads.mjs");
  const entryPoints = [join(import.meta.dirname, "../../../../training/ranker/network/fit-in-threads.ts")];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm" });
  return import(pathToFileURL(outfile).href);
}

describe("fitInThreads", () => {
  it("gives what one thread gives, in the order of the seeds, and tells of every epoch", async () => {
    const { fitInThreads } = await bundled();
    const told = new Map<number, number>();
    const networks = await fitInThreads(EXAMPLES, [2, 1, 3], (seed, epoch) => told.set(seed, epoch));
    expect(networks).toEqual([2, 1, 3].map((seed) => fitNetwork(EXAMPLES, { seed })));
    expect([...told.values()]).toEqual([12, 12, 12]);
  });

  it("fails where a thread fails", async () => {
    const { fitInThreads } = await bundled();
    const broken = [{ ...EXAMPLES[0]!, features: undefined }] as unknown as Example[];
    await expect(fitInThreads(broken, [1, 2], () => {})).rejects.toThrow();
  });
});
