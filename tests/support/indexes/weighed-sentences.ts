import { readText } from "../../../src/answer/ranking/reading/read-text.ts";
import type { SentenceContext } from "../../../src/answer/ranking/scoring/sentence-context.ts";
import type { WeighedSentence } from "../../../src/answer/ranking/weigh-evidence.ts";
import { quotableSentences } from "../../../src/chunk/quotable-sentences.ts";
import { WordVectors } from "../../../src/indexing/word-vectors.ts";
import { fold, foldAligned } from "../../../src/text/fold.ts";
import { passage } from "../builders.ts";

/** A text, one passage of its own, and how likely each of its sentences answers. */
export type WeighedText = {
  readonly id?: string;
  readonly text: string;
  readonly probabilities: readonly number[];
};

/** The sentences of these texts, as a ranker might have weighed them. */
export function weighedSentences(texts: readonly WeighedText[]): WeighedSentence[] {
  return texts.flatMap(({ id = "river", text, probabilities }) => {
    const whole = passage({ articleId: id, text });
    return quotableSentences({ text }).map((span, position) => ({
      sentence: { number: position, span, position },
      passage: whole,
      aligned: foldAligned(text.slice(span.start, span.end)),
      article: fold(text),
      probability: probabilities[position]!,
    }));
  });
}

const NO_VECTORS = WordVectors.build([], [], 2);

/** A sentence that stands alone. */
export function contextOf(sentence: string): SentenceContext {
  const folded = fold(sentence);
  const own = readText({ folded, aligned: "" }, NO_VECTORS);
  return {
    folded,
    aligned: foldAligned(sentence),
    candidates: [],
    previous: "",
    next: "",
    passage: folded,
    article: folded,
    articleId: "river",
    own,
    neighbours: [],
    lead: [own],
    longLead: [folded],
    titles: readText({ folded: "", aligned: "" }, NO_VECTORS),
    similarity: 0.5,
    passageSimilarity: 0.5,
    relationSimilarity: 0.5,
    relationNearby: 0.5,
    passageScore: 1,
    passageRank: 0,
    position: 0,
    sentenceCount: 1,
  };
}
