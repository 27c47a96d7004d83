import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { QuestionAnalysis, QuestionWord } from "../../question/analyse-question.ts";
import { synonymsOf } from "../../question/thesaurus/thesaurus.ts";
import { searchTerms } from "../../text/search-terms.ts";

/** A question, and what each of its terms weighs in this corpus (its inverse document frequency). It can be sent to another thread. */
export type WeighedQuestion = Omit<QuestionAnalysis, "words"> & {
  readonly weights: ReadonlyMap<string, number>;
  readonly words: readonly WeighedWord[];
  /** The share of its weight that lies in terms which no passage holds. */
  readonly unknownShare: number;
  /** How many of its names no article holds. */
  readonly unknownNames: number;
};

export type WeighedWord = QuestionWord & {
  readonly weight: number;
  /** By which the corpus's vectors know it; undefined where they lack it. */
  readonly id: number | undefined;
  /** The words of the corpus that stand for it. */
  readonly synonyms: readonly KnownSynonym[];
  /** How many words of any corpus would. */
  readonly synonymCount: number;
};

/** A synonym by its word's id, and how well it stands for the word: 1 would be the word itself. */
export type KnownSynonym = { readonly id: number; readonly likeness: number };

export function weighQuestion(
  analysis: QuestionAnalysis,
  { keywords, words }: Pick<CorpusIndex, "keywords" | "words">,
): WeighedQuestion {
  const weights = new Map(analysis.terms.map((term) => [term, keywords.inverseDocumentFrequency(term)]));
  const isKnown = (term: string): boolean => keywords.documentFrequency(term) > 0;
  let total = 0;
  let unknown = 0;
  for (const [term, weight] of weights) {
    total += weight;
    if (!isKnown(term)) unknown += weight;
  }
  return {
    ...analysis,
    weights,
    words: analysis.words.map((word) => ({
      ...word,
      weight: keywords.inverseDocumentFrequency(word.word),
      id: words.idOf(word.word),
      ...countSynonyms(word.word, words),
    })),
    unknownShare: total === 0 ? 1 : unknown / total,
    unknownNames: analysis.names.filter((name) => !searchTerms(name).every(isKnown)).length,
  };
}

function countSynonyms(
  word: string,
  words: CorpusIndex["words"],
): Pick<WeighedWord, "synonyms" | "synonymCount"> {
  const all = synonymsOf(word);
  const synonyms = all.flatMap(({ word: synonym, likeness }) => {
    const id = words.idOf(synonym);
    return id === undefined ? [] : [{ id, likeness }];
  });
  return { synonyms, synonymCount: all.length };
}
