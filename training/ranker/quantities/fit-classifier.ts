import {
  ANSWER_QUANTITIES,
  classifyQuantity,
  type QuantityWeights,
} from "../../../src/question/quantities/quantity-classifier.ts";
import { Adam } from "../network/adam.ts";
import { seededRandom, shuffledPlaces } from "../network/random.ts";

/** The cues of a question, and what its answer is: a place in `ANSWER_QUANTITIES`. */
export type LabelledQuestion = { readonly cues: ReadonlySet<string>; readonly label: number };

/** A cue of fewer questions is not learnt. */
const FEWEST = 5;

const EPOCHS = 40;
const BATCH = 256;
const RATE = 0.01;
const DECAY = 0.3;

/** Fits a linear model (softmax regression, Adam) to a batch of 256 questions or more: the same questions, the same weights. */
export function fitClassifier(questions: readonly LabelledQuestion[]): QuantityWeights {
  const width = ANSWER_QUANTITIES.length;
  const known = knownCues(questions);
  const places = new Map(known.map((cue, i) => [cue, i]));
  const parameters = [new Float64Array(known.length * width), new Float64Array(width)] as const;
  const gradient = parameters.map(({ length }) => new Float64Array(length));
  const [weights, biases] = parameters;
  const rows = new Map(known.map((cue, i) => [cue, weights.subarray(i * width, (i + 1) * width)]));
  const adam = new Adam(parameters, DECAY);
  const random = seededRandom(1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    // what is left of a batch at the end of an epoch goes into the first of the next
    shuffledPlaces(questions.length, random).forEach((place, i) => {
      const { cues, label } = questions[place]!;
      const probabilities = classifyQuantity(cues, { weights: rows, biases });
      const slopes = probabilities.map((probability, k) => probability - (k === label ? 1 : 0));
      addTo(gradient[1]!, 0, slopes);
      for (const cue of cues) {
        const at = places.get(cue);
        if (at !== undefined) addTo(gradient[0]!, at * width, slopes);
      }
      if ((i + 1) % BATCH === 0) adam.step(gradient, BATCH, RATE * (1 - epoch / EPOCHS));
    });
  }
  return { weights: rows, biases };
}

/** In the order in which they come up; without white space, by which they are written apart. */
function knownCues(questions: readonly LabelledQuestion[]): string[] {
  const counts = new Map<string, number>();
  for (const { cues } of questions) for (const cue of cues) counts.set(cue, (counts.get(cue) ?? 0) + 1);
  return [...counts].filter(([cue, count]) => count >= FEWEST && !/\s/u.test(cue)).map(([cue]) => cue);
}

function addTo(sums: Float64Array, start: number, values: readonly number[]): void {
  for (let i = 0; i < values.length; i++) sums[start + i]! += values[i]!;
}
