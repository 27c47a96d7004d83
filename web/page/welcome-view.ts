import type { ChatController } from "../chat/chat-controller.ts";
import type { ArticleList } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { icon } from "../views/icon.ts";
import { titleParts } from "../views/title-parts.ts";

const MOST_TITLES = 3;
const MOST_SUGGESTIONS = 4;

/** The empty state: what can be asked about, and questions to begin with. */
export function welcomeView(chat: ChatController, words: Messages): View {
  return h(
    "div",
    { class: "welcome" },
    h("h1", {}, words.welcome),
    chat.corpus && corpusSentence(chat.corpus, words),
    h("p", { class: "promise" }, words.promise),
    chat.corpus && suggestionList(chat, words, suggestionsOf(chat.corpus)),
  );
}

function corpusSentence({ articles }: ArticleList, words: Messages): View {
  const titles = articles
    .slice(0, MOST_TITLES)
    .map(({ id, title }, index) => [
      index > 0 && words.corpusBetween,
      h(
        "a",
        { href: `/articles/${encodeURIComponent(id)}`, key: id, lang: "zh" },
        words.titleMarks(titleParts(title).main),
      ),
    ]);
  const more = articles.length > MOST_TITLES && words.corpusMore;
  return h("p", { class: "corpus" }, words.corpus(articles.length), titles, more, words.corpusEnd);
}

/** Questions from the server; where it has none, titles, which at least find their article. */
export function suggestionsOf({ suggestions, articles }: ArticleList): string[] {
  const wanted = suggestions.length > 0 ? suggestions : articles.map(({ title }) => title);
  return wanted.slice(0, MOST_SUGGESTIONS);
}

export function suggestionList(chat: ChatController, words: Messages, suggestions: readonly string[]): View {
  if (suggestions.length === 0) return null;
  return h(
    "section",
    { class: "suggestions", "aria-label": words.tryThese },
    h("h2", { class: "label" }, words.tryThese),
    h(
      "ul",
      {},
      suggestions.map((question) =>
        h(
          "li",
          { key: question },
          h(
            "button",
            {
              class: "suggestion",
              part: "suggestion",
              type: "button",
              onClick: () => void chat.ask(question),
            },
            h("span", { lang: "zh" }, question),
            icon("send"),
          ),
        ),
      ),
    ),
  );
}
