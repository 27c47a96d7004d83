import type { ArticleSummary } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { newspaperOf } from "../source/newspaper-of.ts";
import type { SourceReader, SourceState, Spot } from "../source/source-reader.ts";
import { articleTextView } from "./article-text-view.ts";
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
      articleTextView({
        ...state,
        words,
        headingTag: "h3",
        onChoose: (index) => void source.open(state.spots, index),
      }),
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
export function bylineOf(article: ArticleSummary, words: Messages): string {
  const { publishedAt, length } = article;
  return [newspaperOf(article), publishedAt, words.characters(length)].filter((part) => part).join(" · ");
}
