import type { Passage } from "../../chunk/passage.ts";
import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import { foldAligned } from "../../text/fold.ts";
import { searchTerms } from "../../text/search-terms.ts";

/** How many passages stand for what the corpus says about a few words. */
const BREADTH = 8;

/** Overlapping pairs of Han characters, as the index has them. */
const BIGRAM = /(?=(\p{Script=Han}{2}))/gu;

/** Texts of which it is kept whether they occur. */
const MOST_REMEMBERED = 2000;

/** What a follow-up needs to know of the corpus: which words it has, and which of them go together. */
export class FollowUpCorpus {
  readonly #keywords: CorpusIndex["keywords"];
  readonly #passages: readonly Passage[];
  readonly #ofArticle = new Map<string, Passage[]>();
  /** Folded when first read: folding is most of the work, and few passages are ever asked for. */
  readonly #texts = new Map<string, string>();
  /** A conversation asks of the same names turn after turn. */
  readonly #occurring = new Map<string, boolean>();

  constructor({ passages, keywords }: Pick<CorpusIndex, "passages" | "keywords">) {
    this.#keywords = keywords;
    this.#passages = passages;
    for (const passage of passages) {
      const siblings = this.#ofArticle.get(passage.articleId);
      if (siblings) siblings.push(passage);
      else this.#ofArticle.set(passage.articleId, [passage]);
    }
  }

  /** Whether a folded text stands in one of the passages that fit it best. */
  occurs(text: string): boolean {
    let found = this.#occurring.get(text);
    if (found === undefined) {
      found = this.knows(text) && this.#search(text).some((passage) => this.#textOf(passage).includes(text));
      if (this.#occurring.size >= MOST_REMEMBERED) this.#occurring.clear();
      this.#occurring.set(text, found);
    }
    return found;
  }

  /** Whether the corpus has a folded word: itself, or all of its bigrams. */
  knows(word: string): boolean {
    if (this.#keywords.documentFrequency(word) > 0) return true;
    const bigrams = Array.from(word.matchAll(BIGRAM), ([, bigram]) => bigram!);
    return bigrams.length > 0 && bigrams.every((bigram) => this.#keywords.documentFrequency(bigram) > 0);
  }

  /** How much a word says, 0 to about 10. */
  weight(word: string): number {
    return this.#keywords.inverseDocumentFrequency(word);
  }

  /** The folded text of the articles that speak of `topic`, the three that do so most. */
  around(topic: string): string {
    const articles = new Set(this.#search(topic).map(({ articleId }) => articleId));
    const folded = foldAligned(topic);
    const texts = [...articles].slice(0, 3).map((id) => {
      return (this.#ofArticle.get(id) ?? []).map((passage) => this.#textOf(passage)).join("\n");
    });
    const naming = texts.filter((text) => text.includes(folded));
    return (naming.length > 0 ? naming : texts.slice(0, 1)).join("\n");
  }

  /** What `pattern` finds in the passages that fit `words` best, the commonest first. */
  find(pattern: RegExp, words: string): string[] {
    const counts = new Map<string, number>();
    for (const passage of this.#search(words)) {
      for (const [match] of this.#textOf(passage).matchAll(pattern))
        counts.set(match, (counts.get(match) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length).map(([match]) => match);
  }

  #search(text: string): Passage[] {
    return this.#keywords.search(searchTerms(text), BREADTH).map(({ id }) => this.#passages[id]!);
  }

  #textOf({ id, title, headings, text }: Passage): string {
    let folded = this.#texts.get(id);
    if (folded === undefined) {
      folded = foldAligned([title, ...headings, text].join("\n"));
      this.#texts.set(id, folded);
    }
    return folded;
  }
}
