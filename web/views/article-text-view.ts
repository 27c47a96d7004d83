import type { ReadableArticle } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { type ArticleBlock, articleBlocks, type Segment } from "../source/article-blocks.ts";
import { type Spot, spotsInArticle } from "../source/source-reader.ts";

export type ArticleTextOptions = {
  readonly article: ReadableArticle;
  readonly words: Messages;
  readonly spots: readonly Spot[];
  readonly index: number;
  /** One below the tag of the article's title. */
  readonly headingTag: "h2" | "h3";
  /** Another of the quotes was chosen. */
  readonly onChoose: (index: number) => void;
};

/** An article's text with the current quote in a `mark` and the other quotes underlined. */
export function articleTextView({
  article,
  words,
  spots,
  index,
  headingTag,
  onChoose,
}: ArticleTextOptions): View {
  const { places, current, indices } = spotsInArticle(spots, index);
  const blocks = withoutTitleAbove(articleBlocks(article, places, current));
  const segment = ({ text, place }: Segment): View => {
    if (place === undefined) return text;
    if (place === current) return h("mark", { key: "mark" }, text);
    const chosen = indices[place] ?? index;
    return otherQuote(text, words, spots[chosen], () => onChoose(chosen));
  };
  return h(
    "div",
    { class: "article-text", lang: "zh", key: article.id },
    blocks.map(({ kind, start, segments }) => {
      const isHeading = kind === "heading" || kind === "title";
      return h(
        isHeading ? headingTag : "p",
        { class: isHeading ? "heading" : kind, key: start },
        segments.map(segment),
      );
    }),
  );
}

function otherQuote(text: string, words: Messages, spot: Spot | undefined, choose: () => void): View {
  const label = spot?.marker === undefined ? words.quoteHere : words.otherQuote(spot.marker);
  return h("span", { class: "cited", title: label, onClick: choose }, text);
}

/** The title's lines at the beginning stand above the text already. */
function withoutTitleAbove(blocks: readonly ArticleBlock[]): readonly ArticleBlock[] {
  const body = blocks.findIndex(
    ({ kind, segments }) => kind !== "title" || segments.some(({ place }) => place !== undefined),
  );
  return body < 0 ? blocks : blocks.slice(body);
}
