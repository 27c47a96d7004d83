import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../indexing/sentence-index.ts";
import { analyseQuestion } from "../../question/analyse-question.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { fold, foldAligned } from "../../text/fold.ts";
import { arabicNumbers } from "../../text/numerals.ts";
import { searchTerms } from "../../text/search-terms.ts";
import { containsSpan } from "../../text/span.ts";
import type { WeighedQuestion } from "./coverage.ts";
import type { SentenceContext } from "./sentence-features.ts";

/** A sentence of a passage that was found. */
export type EvidenceSentence = {
  readonly sentence: IndexedSentence;
  readonly passage: Passage;
  readonly context: SentenceContext;
};

export type Evidence = {
  readonly question: WeighedQuestion;
  readonly sentences: readonly EvidenceSentence[];
};

/** Lays out what was found for a question, sentence by sentence. */
export class EvidenceGatherer {
  readonly #index: CorpusIndex;
  readonly #folded = new BoundedCache<string>(20_000);
  readonly #aligned = new BoundedCache<string>(20_000);

  constructor(index: CorpusIndex) {
    this.#index = index;
  }

  /** `vector` is the question's; without it similarities are unknown. */
  gather(question: string, vector: readonly number[] | undefined, hits: readonly Hit[]): Evidence {
    const best = Math.max(...hits.map(({ score }) => score), 1e-9);
    return {
      question: this.#weigh(question),
      sentences: hits.flatMap((hit, rank) => this.#sentencesOf(hit, rank, hit.score / best, vector)),
    };
  }

  #weigh(question: string): WeighedQuestion {
    const { keywords } = this.#index;
    const analysis = analyseQuestion(question);
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
      unknownShare: total === 0 ? 1 : unknown / total,
      unknownNames: analysis.names.filter((name) => !searchTerms(name).every(isKnown)).length,
    };
  }

  #sentencesOf(
    { passage }: Hit,
    rank: number,
    score: number,
    vector: readonly number[] | undefined,
  ): EvidenceSentence[] {
    const { sentences } = this.#index;
    const all = sentences.ofArticle(passage.articleId);
    const { headings = [] } = this.#index.articles.get(passage.articleId) ?? {};
    const within = sentences
      .within(passage.articleId, passage.span)
      .filter(({ span }) => !headings.some((heading) => containsSpan(span, heading.span)));
    const similarities = within.map(({ number }) =>
      vector ? sentences.similarity(number, vector) : UNKNOWN,
    );
    const passageText = this.#fold(passage.id, passage.text);
    return within.map((sentence, i) => ({
      sentence,
      passage,
      context: {
        folded: this.#textOf(passage.articleId, sentence),
        aligned: this.#alignedText(passage.articleId, sentence),
        previous: this.#textOf(passage.articleId, all[sentence.position - 1]),
        next: this.#textOf(passage.articleId, all[sentence.position + 1]),
        passage: passageText,
        article: this.#articleText(passage.articleId),
        similarity: similarities[i]!,
        passageSimilarity: mean(similarities),
        passageScore: score,
        passageRank: rank,
        position: sentence.position,
        sentenceCount: all.length,
      },
    }));
  }

  #textOf(articleId: string, sentence: IndexedSentence | undefined): string {
    if (!sentence) return "";
    return this.#fold(`${articleId}/${sentence.number}`, this.#slice(articleId, sentence));
  }

  #alignedText(articleId: string, sentence: IndexedSentence): string {
    return this.#aligned.get(String(sentence.number), () => foldAligned(this.#slice(articleId, sentence)));
  }

  #articleText(articleId: string): string {
    const { title = "", text = "" } = this.#index.articles.get(articleId) ?? {};
    return this.#fold(articleId, `${title}\n${text}`);
  }

  #slice(articleId: string, { span }: IndexedSentence): string {
    return this.#index.articles.get(articleId)?.text.slice(span.start, span.end) ?? "";
  }

  #fold(key: string, text: string): string {
    return this.#folded.get(key, () => {
      const folded = fold(text);
      return [folded, ...arabicNumbers(folded)].join(" ");
    });
  }
}

/** Stays unknown in whatever is reckoned from it. */
const UNKNOWN = Number.NaN;

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** Keeps what was made last; what is older is made again when it is needed. */
class BoundedCache<T> {
  readonly #limit: number;
  readonly #values = new Map<string, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string, make: () => T): T {
    let value = this.#values.get(key);
    if (value === undefined) {
      value = make();
      if (this.#values.size >= this.#limit) this.#values.delete(this.#values.keys().next().value!);
      this.#values.set(key, value);
    }
    return value;
  }
}
