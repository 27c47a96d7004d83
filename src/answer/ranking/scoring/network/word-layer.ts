import { FIXED_FIGURES, FOUND_FIGURES, type WordFigures } from "../words/word-figures.ts";

/**
 * Tells what it means that a word of the question is matched as well as it is, here, around here and elsewhere: a network of two layers
 * that looks at one word in one sentence and knows of no other (Zaheer et al., Deep Sets, 2017). Row-major: unit `u` of the first layer
 * has `fixedWeights[u × FIXED_FIGURES …]` and `foundWeights[u × FOUND_FIGURES …]`, unit `u` of the second `secondWeights[u × first units …]`.
 */
export type WordLayer = Readonly<
  Record<"fixedWeights" | "foundWeights" | "firstBiases" | "secondWeights" | "secondBiases", Float64Array>
>;

/** Of what the second layer says of the words of a sentence, three figures each unit go on: the sum, the most, and the sum beside the best sentence's. */
export const POOLS = 3;

/** By which sums are divided so that they stay around 0 … 1. */
export const USUAL_WORDS = 3;

/** A word layer's view of some sentences, and what its fit needs to know of it. */
export type PooledWords = {
  /** What the units of each layer say of each word in each sentence: `sentences × words × units`, 0 at least; of the last word alone unless all are kept. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** `sentences × units` of the second layer. */
  readonly sums: Float64Array;
  readonly most: Float64Array;
  /** The word of which a unit says most, -1 where it says nothing of any. */
  readonly mostAt: Int32Array;
  /** The sentence of the greatest sum, by unit. */
  readonly bestAt: Int32Array;
};

/** A fit keeps what is said of all words; for scores that would be megabytes of garbage. */
export function poolWords(layer: WordLayer, figures: WordFigures, { keepsAll = false } = {}): PooledWords {
  const { words, sentences } = figures;
  const kept = keepsAll ? sentences * words : 1;
  const units = { first: layer.firstBiases.length, second: layer.secondBiases.length };
  const pooled: PooledWords = {
    first: new Float64Array(kept * units.first),
    second: new Float64Array(kept * units.second),
    sums: new Float64Array(sentences * units.second),
    most: new Float64Array(sentences * units.second),
    mostAt: new Int32Array(sentences * units.second).fill(-1),
    bestAt: new Int32Array(units.second),
  };
  const fixed = sumFixed(layer, figures);
  for (let sentence = 0; sentence < sentences; sentence++) {
    for (let word = 0; word < words; word++) {
      const place = sentence * words + word;
      const at = { word, place, slot: keepsAll ? place : 0 };
      lookAt({ layer, figures, fixed, pooled }, at);
      pool(pooled, units.second, { sentence, ...at });
    }
  }
  for (let unit = 0; unit < units.second; unit++)
    pooled.bestAt[unit] = bestOf(pooled.sums, unit, units.second);
  return pooled;
}

/** What the first layer makes of what is the same in all sentences: `words × units`. */
function sumFixed({ fixedWeights, firstBiases }: WordLayer, { words, fixed }: WordFigures): Float64Array {
  const units = firstBiases.length;
  const sums = new Float64Array(words * units);
  for (let word = 0; word < words; word++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = firstBiases[unit]!;
      for (let i = 0; i < FIXED_FIGURES; i++) {
        sum += fixedWeights[unit * FIXED_FIGURES + i]! * fixed[word * FIXED_FIGURES + i]!;
      }
      sums[word * units + unit] = sum;
    }
  }
  return sums;
}

type Looking = {
  readonly layer: WordLayer;
  readonly figures: WordFigures;
  readonly fixed: Float64Array;
  readonly pooled: PooledWords;
};

/** A word in a sentence: number `place` of all, kept at `slot`. */
type Place = { readonly word: number; readonly place: number; readonly slot: number };

function lookAt({ layer, figures, fixed, pooled }: Looking, { word, place, slot }: Place): void {
  const { foundWeights, secondWeights, secondBiases } = layer;
  const { first, second } = pooled;
  const units = layer.firstBiases.length;
  const from = slot * units;
  const found = place * FOUND_FIGURES;
  for (let unit = 0; unit < units; unit++) {
    let sum = fixed[word * units + unit]!;
    const weights = unit * FOUND_FIGURES;
    for (let i = 0; i < FOUND_FIGURES; i++) sum += foundWeights[weights + i]! * figures.found[found + i]!;
    first[from + unit] = Math.max(0, sum);
  }
  const outputs = secondBiases.length;
  for (let output = 0; output < outputs; output++) {
    let sum = secondBiases[output]!;
    const weights = output * units;
    for (let unit = 0; unit < units; unit++) sum += secondWeights[weights + unit]! * first[from + unit]!;
    second[slot * outputs + output] = Math.max(0, sum);
  }
}

function pool(
  { second, sums, most, mostAt }: PooledWords,
  units: number,
  at: Place & { readonly sentence: number },
): void {
  for (let unit = 0; unit < units; unit++) {
    const value = second[at.slot * units + unit]!;
    const pooled = at.sentence * units + unit;
    sums[pooled]! += value / USUAL_WORDS;
    if (value <= most[pooled]!) continue;
    most[pooled] = value;
    mostAt[pooled] = at.word;
  }
}

function bestOf(sums: Float64Array, unit: number, units: number): number {
  let best = 0;
  for (let at = unit; at < sums.length; at += units) {
    if (sums[at]! > sums[best * units + unit]!) best = (at - unit) / units;
  }
  return best;
}

/** Writes what was pooled of a sentence behind its features: `POOLS` figures each unit. */
export function writePooled(
  { sums, most, bestAt }: PooledWords,
  sentence: number,
  values: Float64Array,
  at: number,
): void {
  const units = bestAt.length;
  for (let unit = 0; unit < units; unit++) {
    const sum = sums[sentence * units + unit]!;
    values[at + unit] = sum;
    values[at + units + unit] = most[sentence * units + unit]!;
    values[at + 2 * units + unit] = sum - sums[bestAt[unit]! * units + unit]!;
  }
}
