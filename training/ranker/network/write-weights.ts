import { writeFile } from "node:fs/promises";
import type { Network } from "../../../src/answer/ranking/scoring/network/sentence-ranker.ts";

/** Writes the networks as the TypeScript file that `SentenceRanker` reads. */
export async function writeWeights(networks: readonly Network[], file: string): Promise<void> {
  const bytes = new Uint8Array(Float32Array.from(networks.flatMap(valuesOf)).buffer);
  await writeFile(
    file,
    `/**
 * Written by \`npm run train:ranker\`: do not edit. Float32, little-endian, base64; for each network the means and inverse
 * deviations of the features, the word layer's weights and biases, the hidden layer's weights (a row each unit) and biases, the
 * output's weights, the direct weights and the bias.
 */
export const RANKER_WEIGHTS = {
  features: ${networks[0]?.means.length ?? 0},
  hidden: ${networks[0]?.hiddenBiases.length ?? 0},
  wordUnits: { first: ${networks[0]?.words.firstBiases.length ?? 0}, second: ${networks[0]?.words.secondBiases.length ?? 0} },
  networks: ${networks.length},
  base64:
    "${Buffer.from(bytes).toString("base64")}",
};
`,
  );
}

function valuesOf(network: Network): number[] {
  const { means, scales, words, hiddenWeights, hiddenBiases, outputWeights, directWeights, bias } = network;
  const { fixedWeights, foundWeights, firstBiases, secondWeights, secondBiases } = words;
  const wordLayer = [fixedWeights, foundWeights, firstBiases, secondWeights, secondBiases];
  const rest = [hiddenWeights, hiddenBiases, outputWeights, directWeights];
  return [means, scales, ...wordLayer, ...rest].flatMap((values) => [...values]).concat(bias);
}
