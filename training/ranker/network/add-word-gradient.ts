import {
  POOLS,
  type PooledWords,
  USUAL_WORDS,
  type WordLayer,
} from "../../../src/answer/ranking/scoring/network/word-layer.ts";
import {
  FIXED_FIGURES,
  FOUND_FIGURES,
  type WordFigures,
} from "../../../src/answer/ranking/scoring/words/word-figures.ts";

/** What a word layer made of an example's words, and how the loss changes with what was pooled, as `writePooled` writes it: `sentences × POOLS × units`. */
export type WordPass = {
  readonly figures: WordFigures;
  readonly pooled: PooledWords;
  readonly slopes: Float64Array;
};

/** Adds to the gradient what an example teaches the word layer. */
export function addWordGradient(layer: WordLayer, gradient: WordLayer, pass: WordPass): void {
  const { words, sentences } = pass.figures;
  const sumSlopes = slopesOfSums(pass);
  const inner = new Float64Array(layer.firstBiases.length);
  // what is the same in all sentences is multiplied once for all of them
  const fixedSlopes = new Float64Array(words * inner.length);
  for (let sentence = 0; sentence < sentences; sentence++) {
    for (let word = 0; word < words; word++) {
      const place = sentence * words + word;
      inner.fill(0);
      const isTouched = addSecond(layer, gradient, pass, { sumSlopes, sentence, word, place, inner });
      if (isTouched) addFirst(gradient, pass, { place, word, inner, fixedSlopes });
    }
  }
  addFixed(gradient, pass.figures, fixedSlopes);
}

/** A sum counts by itself, and less the best sentence's. */
function slopesOfSums({ pooled: { sums, bestAt }, slopes }: WordPass): Float64Array {
  const units = bestAt.length;
  const ofSums = new Float64Array(sums.length);
  for (let at = 0; at < sums.length; at++) {
    const unit = at % units;
    const row = ((at - unit) / units) * POOLS * units;
    const beside = slopes[row + 2 * units + unit]!;
    ofSums[at]! += slopes[row + unit]! + beside;
    ofSums[bestAt[unit]! * units + unit]! -= beside;
  }
  return ofSums;
}

type Second = {
  readonly sumSlopes: Float64Array;
  readonly sentence: number;
  readonly word: number;
  readonly place: number;
  /** How the loss changes with what the first layer says, added to. */
  readonly inner: Float64Array;
};

/** Whether there was anything to add. */
function addSecond(layer: WordLayer, gradient: WordLayer, { pooled, slopes }: WordPass, at: Second): boolean {
  const { sumSlopes, sentence, word, place, inner } = at;
  const units = layer.firstBiases.length;
  const outputs = layer.secondBiases.length;
  let isTouched = false;
  for (let output = 0; output < outputs; output++) {
    if (pooled.second[place * outputs + output] === 0) continue;
    let slope = sumSlopes[sentence * outputs + output]! / USUAL_WORDS;
    if (pooled.mostAt[sentence * outputs + output] === word) {
      slope += slopes[(sentence * POOLS + 1) * outputs + output]!;
    }
    if (slope === 0) continue;
    isTouched = true;
    gradient.secondBiases[output]! += slope;
    const weights = output * units;
    for (let unit = 0; unit < units; unit++) {
      gradient.secondWeights[weights + unit]! += slope * pooled.first[place * units + unit]!;
      inner[unit]! += slope * layer.secondWeights[weights + unit]!;
    }
  }
  return isTouched;
}

type First = Pick<Second, "place" | "word" | "inner"> & { readonly fixedSlopes: Float64Array };

function addFirst(
  { foundWeights }: WordLayer,
  { figures, pooled }: WordPass,
  { place, word, inner, fixedSlopes }: First,
): void {
  const units = inner.length;
  const found = place * FOUND_FIGURES;
  for (let unit = 0; unit < units; unit++) {
    if (pooled.first[place * units + unit] === 0) continue;
    const slope = inner[unit]!;
    fixedSlopes[word * units + unit]! += slope;
    const weights = unit * FOUND_FIGURES;
    for (let i = 0; i < FOUND_FIGURES; i++) foundWeights[weights + i]! += slope * figures.found[found + i]!;
  }
}

function addFixed(
  { fixedWeights, firstBiases }: WordLayer,
  { words, fixed }: WordFigures,
  slopes: Float64Array,
): void {
  const units = firstBiases.length;
  for (let word = 0; word < words; word++) {
    for (let unit = 0; unit < units; unit++) {
      const slope = slopes[word * units + unit]!;
      if (slope === 0) continue;
      firstBiases[unit]! += slope;
      const weights = unit * FIXED_FIGURES;
      for (let i = 0; i < FIXED_FIGURES; i++) {
        fixedWeights[weights + i]! += slope * fixed[word * FIXED_FIGURES + i]!;
      }
    }
  }
}
