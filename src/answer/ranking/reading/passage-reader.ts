import { BoundedCache } from "../../../bounded-cache.ts";
import type { Passage } from "../../../chunk/passage.ts";
import type { CorpusIndex } from "../../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../../indexing/sentence-index.ts";
import type { AnswerKind } from "../../../question/asking-phrases.ts";
import { fold, foldAligned } from "../../../text/fold.ts";
import { arabicNumbers } from "../../../text/numerals.ts";
import { containsSpan, type Span } from "../../../text/span.ts";
import { findCandidates } from "./answer-candidates.ts";
import type { ReadPassage, ReadSentence } from "./read-passage.ts";
import { type ReadText, readText } from "./read-text.ts";

/** A passage as it was read; `indexed[i]` is its sentence `i`. */
export type IndexedPassage = { readonly read: ReadPassage; readonly indexed: readonly IndexedSentence[] };

/** How many sentences, itself included, may say what one is about, and how many may name it. */
const LEAD = 4;
const LONG_LEAD = 9;

/** Reads the passages of a corpus sentence by sentence, and keeps what it read last: most questions find what others found before. */
export class PassageReader {
  readonly #index: CorpusIndex;
  readonly #passages = new BoundedCache<IndexedPassage>(2_000);
  readonly #texts = new BoundedCache<ReadText>(20_000);
  readonly #folded = new BoundedCache<string>(20_000);
  readonly #articles = new BoundedCache<string>(1_000);
  readonly #candidates = new BoundedCache<readonly Span[]>(20_000);

  constructor(index: CorpusIndex) {
    this.#index = index;
  }

  /** Headings are no sentences. */
  read(passage: Passage): IndexedPassage {
    return this.#passages.get(passage.id, () => {
      const { articleId, span: within } = passage;
      const { headings = [] } = this.#index.articles.get(articleId) ?? {};
      const indexed = this.#index.sentences
        .within(articleId, within)
        .filter(({ span }) => !headings.some((heading) => containsSpan(span, heading.span)));
      return { indexed, read: this.#readPassage(passage, indexed) };
    });
  }

  /** The whole text of an article, folded, its title first. */
  readArticle(articleId: string): string {
    return this.#articles.get(articleId, () => {
      const { title = "", text = "" } = this.#index.articles.get(articleId) ?? {};
      return foldForSearch(`${title}\n${text}`);
    });
  }

  /** What in a sentence could be an answer of a kind; offsets in the sentence. */
  candidatesIn({ number, own }: ReadSentence, kind: AnswerKind): readonly Span[] {
    return this.#candidates.get(`${kind} ${number}`, () => findCandidates(kind, own.aligned));
  }

  #readPassage(
    { id, articleId, text, title, headings }: Passage,
    own: readonly IndexedSentence[],
  ): ReadPassage {
    const all = this.#index.sentences.ofArticle(articleId);
    const titles = [title, ...headings].join("\n");
    return {
      id,
      articleId,
      text: foldForSearch(text),
      titles: readText({ folded: fold(titles), aligned: foldAligned(titles) }, this.#index.words),
      sentences: own.map((sentence) => this.#readSentence(articleId, sentence, all)),
      sentenceCount: all.length,
    };
  }

  #readSentence(
    articleId: string,
    { number, position }: IndexedSentence,
    all: readonly IndexedSentence[],
  ): ReadSentence {
    const [previous, next] = [all[position - 1], all[position + 1]];
    const before = (most: number) => all.slice(Math.max(0, position + 1 - most), position + 1).reverse();
    const read = (sentence: IndexedSentence) => this.#readText(articleId, sentence);
    return {
      number,
      previousNumber: previous?.number ?? number,
      nextNumber: next?.number ?? number,
      position,
      own: read(all[position]!),
      previous: previous && read(previous),
      next: next && read(next),
      lead: before(LEAD).map(read),
      longLead: before(LONG_LEAD).map((sentence) => this.#foldSentence(articleId, sentence)),
    };
  }

  #readText(articleId: string, sentence: IndexedSentence): ReadText {
    return this.#texts.get(String(sentence.number), () => {
      const folded = this.#foldSentence(articleId, sentence);
      return readText({ folded, aligned: foldAligned(this.#slice(articleId, sentence)) }, this.#index.words);
    });
  }

  #foldSentence(articleId: string, sentence: IndexedSentence): string {
    return this.#folded.get(String(sentence.number), () => foldForSearch(this.#slice(articleId, sentence)));
  }

  #slice(articleId: string, { span }: IndexedSentence): string {
    return this.#index.articles.get(articleId)?.text.slice(span.start, span.end) ?? "";
  }
}

/** Folded, with its Chinese numerals written out in Arabic ones behind it. */
function foldForSearch(text: string): string {
  const folded = fold(text);
  return [folded, ...arabicNumbers(folded)].join(" ");
}
