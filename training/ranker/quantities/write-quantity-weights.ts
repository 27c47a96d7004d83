import { writeFile } from "node:fs/promises";
import type { QuantityWeights } from "../../../src/question/quantities/quantity-classifier.ts";

/** Writes the weights as the TypeScript file that `expectedQuantities` reads, in one byte each. */
export async function writeQuantityWeights(
  { weights, biases }: QuantityWeights,
  file: string,
): Promise<void> {
  const rows = [...weights.values()].map((row) => Array.from(row));
  const largest = rows.flat().reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-9);
  const scale = largest / 127;
  const bytes = Int8Array.from(rows.flat(), (weight) => Math.round(weight / scale));
  await writeFile(
    file,
    `/**
 * Written by \`npm run train:ranker\`: do not edit. A row of weights for each cue, one for each of \`ANSWER_QUANTITIES\`: bytes times
 * \`scale\`, base64.
 */
export const QUANTITY_WEIGHTS = {
  biases: [${Array.from(biases, (bias) => bias.toFixed(4)).join(", ")}],
  cues:
    ${JSON.stringify([...weights.keys()].join(" "))},
  scale: ${scale},
  base64:
    "${Buffer.from(bytes.buffer).toString("base64")}",
};
`,
  );
}
