import type { ChatController } from "../chat/chat-controller.ts";
import type { ArticleList } from "../client/parse.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { suggestionList, suggestionsOf } from "../views/suggestions-view.ts";
import { titleParts } from "../views/title-parts.ts";

const MOST_TITLES = 3;

/** The empty state: what can be asked about, and questions to begin with. What is known later stands lower, so that nothing moves. */
export function welcomeView(chat: ChatController, words: Messages): View {
  return h(
    "div",
    { class: "welcome" },
    h("h1", {}, words.welcome),
    h("p", { class: "promise" }, words.promise),
    chat.corpus && corpusSentence(chat.corpus, words),
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
