import type { ChatController } from "../chat/chat-controller.ts";
import type { ArticleList } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { icon } from "./icon.ts";

const MOST_SUGGESTIONS = 4;

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
