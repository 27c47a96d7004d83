import type { ArticleSummary, ReadableArticle } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { type ArticleBlock, articleBlocks, type Segment } from "../source/article-blocks.ts";
import { type SourceReader, type SourceState, type Spot, spotsInArticle } from "../source/source-reader.ts";
import { icon } from "./icon.ts";
import { titleParts } from "./title-parts.ts";

export type SourceViewOptions = {
  readonly addressOf: (spot: Spot) => string;
  readonly onClose: () => void;
  /** True where it covers the chat. */
  readonly isModal: boolean;
};

/** The open article in a panel: title, places, text. */
export function sourceView(source: SourceReader, words: Messages, options: SourceViewOptions): View {
  const { state } = source;
  if (state.phase === "closed") return null;
  const spot = state.spots[state.index];
  return h(
    "section",
    {
      class: "source",
      part: "source",
      key: "source",
      role: options.isModal ? "dialog" : "region",
      "aria-modal": options.isModal ? "true" : undefined,
      "aria-labelledby": "source-title",
      tabindex: -1,
    },
    h(
      "header",
      { class: "source-head", part: "source-head" },
      h(
        "button",
        { class: "icon-button close", type: "button", "aria-label": words.close, onClick: options.onClose },
        icon("close"),
      ),
      h(
        "div",
        { class: "source-heading" },
        h("h2", { id: "source-title", class: "source-name" }, titleParts(spot?.title ?? words.source).main),
      ),
      spot && wholeLink(words, options.addressOf(spot)),
      spotNavigation(source, words, state),
    ),
    h(
      "div",
      {
        class: "source-body",
        part: "source-body",
        tabindex: 0,
        role: "group",
        "aria-labelledby": "source-title",
      },
      bodyView(source, words),
    ),
  );
}

type OpenState = Exclude<SourceState, { phase: "closed" }>;

function spotNavigation(source: SourceReader, words: Messages, { spots, index }: OpenState): View {
  if (spots.length < 2) return null;
  const step = (by: 1 | -1, label: string, name: "previous" | "next") =>
    h("button", { class: "step", type: "button", onClick: () => void source.move(by) }, icon(name), label);
  return h(
    "div",
    { class: "spot-nav", part: "spot-nav" },
    step(-1, words.previousSpot, "previous"),
    h("span", { class: "spot-place", "aria-live": "polite" }, words.spotOf(index + 1, spots.length)),
    step(1, words.nextSpot, "next"),
  );
}

function wholeLink(words: Messages, address: string): View {
  return h(
    "a",
    {
      class: "icon-button whole",
      href: address,
      target: "_blank",
      rel: "noopener",
      "aria-label": words.readWhole,
      title: words.readWhole,
    },
    icon("out"),
  );
}

function bodyView(source: SourceReader, words: Messages): View {
  const { state } = source;
  if (state.phase === "ready") {
    return [
      h("p", { class: "full-title", lang: "zh" }, state.article.title),
      h("p", { class: "byline" }, bylineOf(state.article, words)),
      articleTextView(
        state.article,
        words,
        state.spots,
        state.index,
        (index) => void source.open(state.spots, index),
      ),
    ];
  }
  if (state.phase === "failed") {
    return h(
      "div",
      { class: "problem failed", role: "alert" },
      h("p", {}, `${words.articleFailed}${words.errors[state.error.code]}`),
      h(
        "button",
        { class: "button", type: "button", onClick: () => void source.retry() },
        icon("retry"),
        words.retry,
      ),
    );
  }
  return h("p", { class: "waiting", role: "status" }, h("span", { class: "dots" }), words.loadingArticle);
}

/** Newspaper, date, length: what is known of it. */
export function bylineOf({ source, publishedAt, length }: ArticleSummary, words: Messages): string {
  return [source, publishedAt, words.characters(length)].filter((part) => part).join(" · ");
}

/** An article's text with the current quote in a `mark` and the other quotes underlined; `onChoose` makes one current. */
export function articleTextView(
  article: ReadableArticle,
  words: Messages,
  spots: readonly Spot[],
  index: number,
  onChoose: (index: number) => void,
): View {
  const { places, current, indices } = spotsInArticle(spots, index);
  const blocks = articleBlocks(article.text, places, current);
  const segment = (part: Segment): View => {
    if (part.place === undefined) return part.text;
    if (part.place === current)
      return h("mark", { class: "current", "aria-label": undefined, key: "mark" }, part.text);
    const chosen = indices[part.place] ?? index;
    return otherQuote(part.text, words, spots[chosen], () => onChoose(chosen));
  };
  return h(
    "div",
    { class: "article-text", lang: "zh", key: article.id },
    withoutRepeatedTitle(blocks, article.title).map(({ kind, start, segments }) =>
      h(kind === "heading" ? "h3" : "p", { class: kind, key: start }, segments.map(segment)),
    ),
  );
}

function otherQuote(text: string, words: Messages, spot: Spot | undefined, choose: () => void): View {
  const label = spot?.marker === undefined ? words.quoteHere : words.otherQuote(spot.marker);
  return h("span", { class: "cited", title: label, onClick: choose }, text);
}

/** The first lines often are the title again, which stands above already. */
function withoutRepeatedTitle(blocks: readonly ArticleBlock[], title: string): readonly ArticleBlock[] {
  const body = blocks.findIndex(({ segments }) => {
    const text = segments
      .map((segment) => segment.text)
      .join("")
      .trim();
    return !title.includes(text) || segments.some((segment) => segment.place !== undefined);
  });
  return body < 0 ? blocks : blocks.slice(body);
}
