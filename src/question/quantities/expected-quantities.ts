import {
  ANSWER_QUANTITIES,
  type AskedText,
  classifyQuantity,
  cuesOf,
  type QuantityWeights,
} from "./quantity-classifier.ts";
import { QUANTITY_WEIGHTS } from "./quantity-weights.ts";

let shipped: QuantityWeights | undefined;

/** How likely the answer is each of `ANSWER_QUANTITIES`, by what questions with marked answers taught (`npm run train:ranker`). */
export function expectedQuantities(question: AskedText): number[] {
  shipped ??= readWeights();
  return classifyQuantity(cuesOf(question), shipped);
}

function readWeights(): QuantityWeights {
  const { biases, cues, scale, base64 } = QUANTITY_WEIGHTS;
  const bytes = new Int8Array(Buffer.from(base64, "base64"));
  const width = ANSWER_QUANTITIES.length;
  const row = (i: number) =>
    Float32Array.from(bytes.subarray(i * width, (i + 1) * width), (byte) => byte * scale);
  return { biases, weights: new Map(cues.split(" ").map((cue, i) => [cue, row(i)])) };
}
