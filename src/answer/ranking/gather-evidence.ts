import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../indexing/sentence-index.ts";
import type { QuestionAnalysis } from "../../question/analyse-question.ts";
import type { AnswerKind } from "../../question/asking-phrases.ts";
import type { Hit } from "../../retrieve/hit.ts";
import { fold, foldAligned } from "../../text/fold.ts";
import { arabicNumbers } from "../../text/numerals.ts";
import { searchTerms } from "../../text/search-terms.ts";
import { containsSpan, type Span } from "../../text/span.ts";
import { findCandidates } from "./answer-candidates.ts";
import type { WeighedQuestion } from "./coverage.ts";
import type { QuestionMeaning } from "./embed-question.ts";
import type { SentenceContext } from "./sentence-context.ts";
import { ReadText } from "./words/read-text.ts";
import { WordMatcher } from "./words/word-matcher.ts";

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

/** How many passages are looked through for an answer, and were when the ranker was fitted. */
export const EVIDENCE_PASSAGES = 12;

type Asked = { readonly kind: AnswerKind; readonly meaning: QuestionMeaning };

/** How many sentences before one may name what it is about. */
const LEAD = 8;

/** Lays out what was found for a question, sentence by sentence. */
export class EvidenceGatherer {
  readonly #index: CorpusIndex;
  readonly #folded = new BoundedCache<string>(20_000);
  readonly #aligned = new BoundedCache<string>(20_000);
  readonly #candidates = new BoundedCache<readonly Span[]>(20_000);
  readonly #texts = new BoundedCache<ReadText>(20_000);

  constructor(index: CorpusIndex) {
    this.#index = index;
  }

  /** Without a vector its similarities are unknown. */
  gather(analysis: QuestionAnalysis, meaning: QuestionMeaning, hits: readonly Hit[]): Evidence {
    const best = Math.max(...hits.map(({ score }) => score), 1e-9);
    const asked = { kind: analysis.kind, meaning };
    return {
      question: this.#weigh(analysis, meaning),
      sentences: hits.flatMap((hit, rank) => this.#sentencesOf(hit, rank, hit.score / best, asked)),
    };
  }

  #weigh(analysis: QuestionAnalysis, meaning: QuestionMeaning): WeighedQuestion {
    const { keywords } = this.#index;
    const weights = new Map(analysis.terms.map((term) => [term, keywords.inverseDocumentFrequency(term)]));
    const isKnown = (term: string): boolean => keywords.documentFrequency(term) > 0;
    let total = 0;
    let unknown = 0;
    for (const [term, weight] of weights) {
      total += weight;
      if (!isKnown(term)) unknown += weight;
    }
    const words = analysis.words.map(({ word }) => word);
    return {
      ...analysis,
      weights,
      matcher: new WordMatcher(words, meaning.words, this.#index.words),
      words: analysis.words.map((word) => ({
        ...word,
        weight: keywords.inverseDocumentFrequency(word.word),
      })),
      unknownShare: total === 0 ? 1 : unknown / total,
      unknownNames: analysis.names.filter((name) => !searchTerms(name).every(isKnown)).length,
    };
  }

  #sentencesOf({ passage }: Hit, rank: number, score: number, { kind, meaning }: Asked): EvidenceSentence[] {
    const { sentences } = this.#index;
    const all = sentences.ofArticle(passage.articleId);
    const { headings = [] } = this.#index.articles.get(passage.articleId) ?? {};
    const within = sentences
      .within(passage.articleId, passage.span)
      .filter(({ span }) => !headings.some((heading) => containsSpan(span, heading.span)));
    const similarityTo = (vector: ArrayLike<number> | undefined, sentence: IndexedSentence | undefined) =>
      vector && sentence ? sentences.similarity(sentence.number, vector) : UNKNOWN;
    const similarities = within.map((sentence) => similarityTo(meaning.whole, sentence));
    const passageText = this.#fold(passage.id, passage.text);
    return within.map((sentence, i) => ({
      sentence,
      passage,
      context: {
        folded: this.#textOf(passage.articleId, sentence),
        aligned: this.#alignedText(passage.articleId, sentence),
        candidates: this.#candidatesIn(passage.articleId, sentence, kind),
        previous: this.#textOf(passage.articleId, all[sentence.position - 1]),
        next: this.#textOf(passage.articleId, all[sentence.position + 1]),
        own: this.#read(passage.articleId, sentence),
        neighbours: [all[sentence.position - 1], all[sentence.position + 1]]
          .filter((near) => near !== undefined)
          .map((near) => this.#read(passage.articleId, near)),
        lead: all
          .slice(Math.max(0, sentence.position - LEAD), sentence.position + 1)
          .reverse()
          .map((before) => this.#read(passage.articleId, before)),
        titles: this.#readTitles(passage),
        articleId: passage.articleId,
        passage: passageText,
        article: this.#articleText(passage.articleId),
        similarity: similarities[i]!,
        relationSimilarity: similarityTo(meaning.relation, sentence),
        relationNearby: Math.max(
          similarityTo(meaning.relation, all[sentence.position - 1] ?? sentence),
          similarityTo(meaning.relation, all[sentence.position + 1] ?? sentence),
        ),
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

  #candidatesIn(articleId: string, sentence: IndexedSentence, kind: AnswerKind): readonly Span[] {
    return this.#candidates.get(`${kind} ${sentence.number}`, () =>
      findCandidates(kind, this.#alignedText(articleId, sentence)),
    );
  }

  #read(articleId: string, sentence: IndexedSentence): ReadText {
    return this.#texts.get(
      String(sentence.number),
      () =>
        new ReadText(
          this.#textOf(articleId, sentence),
          this.#alignedText(articleId, sentence),
          this.#index.words,
        ),
    );
  }

  #readTitles({ id, title, headings }: Passage): ReadText {
    const titles = [title, ...headings].join("\n");
    return this.#texts.get(id, () => new ReadText(fold(titles), foldAligned(titles), this.#index.words));
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
