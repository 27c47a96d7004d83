import { BoundedCache } from "../../bounded-cache.ts";
import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { IndexedSentence } from "../../indexing/sentence-index.ts";
import { fold, foldAligned } from "../../text/fold.ts";
import { arabicNumbers } from "../../text/numerals.ts";
import { containsSpan } from "../../text/span.ts";
import type { SentenceSurroundings } from "./sentence-context.ts";
import { ReadText } from "./words/read-text.ts";

/** A sentence of a passage. */
export type ReadSentence = {
  readonly sentence: IndexedSentence;
  readonly previous: IndexedSentence | undefined;
  readonly next: IndexedSentence | undefined;
  readonly surroundings: SentenceSurroundings;
};

/** How many sentences before one may name what it is about. */
const LEAD = 8;

/** Reads the passages of a corpus sentence by sentence, and keeps what it read last: most questions find what others found before. */
export class PassageReader {
  readonly #index: CorpusIndex;
  readonly #passages = new BoundedCache<readonly ReadSentence[]>(2_000);
  readonly #texts = new BoundedCache<ReadText>(20_000);
  readonly #articles = new BoundedCache<string>(1_000);

  constructor(index: CorpusIndex) {
    this.#index = index;
  }

  /** Headings are no sentences. */
  read(passage: Passage): readonly ReadSentence[] {
    return this.#passages.get(passage.id, () => this.#readAll(passage));
  }

  #readAll(passage: Passage): ReadSentence[] {
    const { articleId } = passage;
    const all = this.#index.sentences.ofArticle(articleId);
    const { headings = [] } = this.#index.articles.get(articleId) ?? {};
    const passageText = foldForSearch(passage.text);
    const article = this.#readArticle(articleId);
    const titles = this.#readTitles(passage);
    const read = (sentence: IndexedSentence): ReadText => this.#readSentence(articleId, sentence);
    return this.#index.sentences
      .within(articleId, passage.span)
      .filter(({ span }) => !headings.some((heading) => containsSpan(span, heading.span)))
      .map((sentence) => {
        const { position } = sentence;
        const own = read(sentence);
        const [previous, next] = [all[position - 1], all[position + 1]];
        const lead = all.slice(Math.max(0, position - LEAD), position + 1).reverse();
        const surroundings = {
          folded: own.folded,
          aligned: own.aligned,
          previous: previous ? read(previous).folded : "",
          next: next ? read(next).folded : "",
          passage: passageText,
          article,
          articleId,
          own,
          neighbours: [previous, next].filter((near) => near !== undefined).map(read),
          lead: lead.map(read),
          titles,
          position,
          sentenceCount: all.length,
        };
        return { sentence, previous, next, surroundings };
      });
  }

  #readSentence(articleId: string, { number, span }: IndexedSentence): ReadText {
    return this.#texts.get(String(number), () => {
      const text = this.#index.articles.get(articleId)?.text.slice(span.start, span.end) ?? "";
      return new ReadText(foldForSearch(text), foldAligned(text), this.#index.words);
    });
  }

  #readTitles({ id, title, headings }: Passage): ReadText {
    const titles = [title, ...headings].join("\n");
    return this.#texts.get(id, () => new ReadText(fold(titles), foldAligned(titles), this.#index.words));
  }

  #readArticle(articleId: string): string {
    return this.#articles.get(articleId, () => {
      const { title = "", text = "" } = this.#index.articles.get(articleId) ?? {};
      return foldForSearch(`${title}\n${text}`);
    });
  }
}

/** Folded, with its Chinese numerals written out in Arabic ones behind it. */
function foldForSearch(text: string): string {
  const folded = fold(text);
  return [folded, ...arabicNumbers(folded)].join(" ");
}
