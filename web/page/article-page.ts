import type { ClientError } from "../client/client-error.ts";
import type { ReadableArticle } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import { parsePlaces } from "../source/parse-places.ts";
import { scrollToMark } from "../source/scroll-to-mark.ts";
import { SourceReader, type Spot } from "../source/source-reader.ts";
import { articleTextView } from "../views/article-text-view.ts";
import { icon } from "../views/icon.ts";
import { bylineOf } from "../views/source-view.ts";
import { titleParts } from "../views/title-parts.ts";
import { masthead } from "./masthead.ts";
import { WenjuPage } from "./wenju-page.ts";

/** The reading page `/articles/:id`; `#c=120-348,500-560` marks the first place and underlines the others. */
export class ArticlePage extends WenjuPage {
  readonly #reader = new SourceReader(this.client, () => this.requestUpdate());
  #shown = "";

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#open);
    this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.#open);
    this.#reader.close();
  }

  protected override pageTitle(): string {
    const title = this.#article?.title;
    return title ? `${title} · ${this.words.productName}` : this.words.articlesTitle;
  }

  get #article(): ReadableArticle | undefined {
    const { state } = this.#reader;
    return state.phase === "ready" ? state.article : undefined;
  }

  readonly #open = (): void => void this.#reader.open(spotsOfAddress(location), 0);

  protected override view(): View {
    const { words } = this;
    return [
      masthead(words, { onLanguage: this.onLanguage, onTheme: this.onTheme }),
      h(
        "main",
        { class: "reading" },
        h(
          "nav",
          { class: "reading-tools", "aria-label": words.articles },
          h("a", { class: "action", href: "/articles" }, icon("back"), words.backToArticles),
          this.#article &&
            h(
              "button",
              { class: "action", type: "button", onClick: () => print() },
              icon("print"),
              words.print,
            ),
        ),
        this.#content(),
      ),
    ];
  }

  #content(): View {
    const { state } = this.#reader;
    if (state.phase === "ready") return this.#articleView(state.article, state.spots, state.index);
    if (state.phase === "failed") return this.#failure(state.error);
    return h(
      "p",
      { class: "waiting", role: "status" },
      h("span", { class: "dots" }),
      this.words.loadingArticle,
    );
  }

  #articleView(article: ReadableArticle, spots: readonly Spot[], index: number): View {
    const { words } = this;
    const choose = (chosen: number) => void this.#reader.open(spots, chosen);
    return h(
      "article",
      { "aria-labelledby": "article-title" },
      titleView(article.title),
      h(
        "p",
        { class: "byline" },
        bylineOf(article, words),
        article.url && [" · ", h("a", { href: article.url, rel: "noopener noreferrer" }, words.originalPage)],
      ),
      articleTextView({ article, words, spots, index, headingTag: "h2", onChoose: choose }),
      spots.length > 1 && this.#navigation(spots.length, index),
    );
  }

  #navigation(count: number, index: number): View {
    const { words } = this;
    const step = (by: 1 | -1, label: string, name: "previous" | "next") =>
      h(
        "button",
        { class: "step", type: "button", onClick: () => void this.#reader.move(by) },
        icon(name),
        label,
      );
    return h(
      "div",
      { class: "spot-nav" },
      step(-1, words.previousSpot, "previous"),
      h("span", { class: "spot-place", "aria-live": "polite" }, words.spotOf(index + 1, count)),
      step(1, words.nextSpot, "next"),
    );
  }

  #failure(error: ClientError): View {
    const { words } = this;
    return h(
      "div",
      { class: "problem failed", role: "alert" },
      h("p", {}, `${words.articleFailed}${words.errors[error.code]}`),
      h(
        "button",
        { class: "button", type: "button", onClick: () => void this.#reader.retry() },
        icon("retry"),
        words.retry,
      ),
    );
  }

  protected override updated(): void {
    super.updated();
    const { state } = this.#reader;
    const key = state.phase === "ready" ? `${state.index} ${JSON.stringify(state.spots)}` : "";
    if (key === this.#shown) return;
    this.#shown = key;
    if (key !== "") scrollToMark(this);
  }
}

function titleView(title: string): View {
  const { main, sub } = titleParts(title);
  return h(
    "h1",
    { id: "article-title", lang: "zh" },
    main,
    sub !== "" && h("span", { class: "subtitle" }, sub),
  );
}

/** The article and the places that an address names; without a place, one that marks nothing. */
function spotsOfAddress({ pathname, hash }: Location): Spot[] {
  const articleId = decode(pathname.replace(/^.*\/articles\//, "").replace(/\/$/, ""));
  const places = parsePlaces(hash);
  const spans = places.length > 0 ? places : [{ start: 0, end: 0 }];
  return spans.map((span) => ({ articleId, title: "", span }));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is part of the name
  }
}

customElements.define("wenju-article-page", ArticlePage);
