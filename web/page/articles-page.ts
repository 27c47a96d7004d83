import { ClientError } from "../client/client-error.ts";
import type { ArticleSummary } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { icon } from "../views/icon.ts";
import { titleParts } from "../views/title-parts.ts";
import { filterArticles } from "./filter-articles.ts";
import { masthead } from "./masthead.ts";
import { WenjuPage } from "./wenju-page.ts";

/** The list of the corpus, `/articles`, with a search as one types. */
export class ArticlesPage extends WenjuPage {
  #articles: readonly ArticleSummary[] | undefined;
  #error: ClientError | undefined;
  #query = "";
  #leaving = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#leaving = new AbortController();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving.abort();
  }

  protected override pageTitle(): string {
    return this.words.articlesTitle;
  }

  protected override view(): View {
    const { words } = this;
    return [
      masthead(words, { onLanguage: this.onLanguage, onTheme: this.onTheme, here: "articles" }),
      h("main", { class: "list-page" }, h("h1", {}, words.articlesHeading), this.#content()),
    ];
  }

  #content(): View {
    const { words } = this;
    if (this.#error) {
      return h(
        "div",
        { class: "problem failed", role: "alert" },
        h("p", {}, `${words.listFailed}${words.errors[this.#error.code]}`),
        h(
          "button",
          { class: "button", type: "button", onClick: () => void this.#load() },
          icon("retry"),
          words.retry,
        ),
      );
    }
    if (!this.#articles) {
      return h("p", { class: "waiting", role: "status" }, h("span", { class: "dots" }), words.corpusLoading);
    }
    return this.#listView(this.#articles, filterArticles(this.#articles, this.#query));
  }

  #listView(all: readonly ArticleSummary[], found: readonly ArticleSummary[]): View {
    const { words } = this;
    const count =
      found.length === all.length ? words.articlesCount(all.length) : words.articlesFound(found.length);
    return [
      h(
        "div",
        { class: "search", role: "search" },
        icon("search"),
        h("input", {
          class: "field",
          type: "search",
          "aria-label": words.searchArticles,
          placeholder: words.searchArticles,
          value: this.#query,
          onInput: (event) => this.#search((event.currentTarget as HTMLInputElement).value),
        }),
      ),
      h("p", { class: "count", role: "status" }, found.length === 0 ? words.noArticles : count),
      found.length > 0 &&
        h(
          "ul",
          { class: "article-list" },
          found.map((article) => this.#item(article)),
        ),
    ];
  }

  #item(article: ArticleSummary): View {
    return h(
      "li",
      { key: article.id },
      h(
        "a",
        { href: this.client.articleAddress(article.id) },
        listTitle(article.title),
        h("p", { class: "byline" }, catalogueLine(article, this.words)),
      ),
    );
  }

  #search(query: string): void {
    this.#query = query;
    this.requestUpdate();
  }

  async #load(): Promise<void> {
    const { signal } = this.#leaving;
    this.#error = undefined;
    this.requestUpdate();
    try {
      const { articles } = await this.client.listArticles(signal);
      this.#articles = articles;
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error instanceof ClientError ? error : new ClientError("failed", "", { cause: error });
    }
    this.requestUpdate();
  }
}

/** The list is also the operator's: here the source stands even where it is a file's name. */
function catalogueLine({ source, publishedAt, length }: ArticleSummary, words: Messages): string {
  return [source, publishedAt, words.characters(length)].filter((part) => part).join(" · ");
}

function listTitle(title: string): View {
  const { main, sub } = titleParts(title);
  return h("h2", { lang: "zh" }, main, sub !== "" && h("span", { class: "subtitle" }, sub));
}

customElements.define("wenju-articles-page", ArticlesPage);
