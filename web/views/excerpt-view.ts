import type { Citation, RelatedPassage } from "../../src/answer/answer.ts";
import type { ChatController } from "../chat/chat-controller.ts";
import { focusParts } from "../conversation/focus-parts.ts";
import { type ElementView, h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { newspaperOf } from "../source/newspaper-of.ts";
import { icon } from "./icon.ts";
import { titleParts } from "./title-parts.ts";

export type Quotes = readonly (Citation | RelatedPassage)[];

/** A verbatim excerpt with its number and its article; `shown` is what has arrived of it. */
export function excerptView(
  chat: ChatController,
  words: Messages,
  quotes: Quotes,
  index: number,
  shown?: string,
): View {
  const quote = quotes[index];
  if (!quote) return null;
  const text = shown ?? quote.quote;
  const isWhole = text.length >= quote.quote.length;
  const marker = "marker" in quote ? quote.marker : undefined;
  return h(
    "figure",
    {
      class: marker === undefined ? "excerpt related" : "excerpt",
      part: "quote",
      key: quote.passageId + marker,
    },
    h(
      "blockquote",
      { class: "quote", lang: "zh" },
      "marker" in quote && isWhole
        ? citedText(quote, chip(chat, words, quotes as readonly Citation[], index))
        : text,
    ),
    isWhole && h("figcaption", { class: "origin" }, sourceLink(chat, words, quotes, index)),
  );
}

/** The quote with its short answer in bold; its last character holds on to the number, which must not begin a line. */
function citedText(citation: Citation, number: View): View {
  const { before, focus, after } = focusParts(citation);
  const bold = focus !== "" && h("strong", { class: "focus", part: "focus" }, focus);
  const rest = bold ? after : before;
  const last = [...rest].at(-1) ?? "";
  const text = rest.slice(0, rest.length - last.length);
  return [bold ? [before, bold] : null, text, h("span", { class: "quote-end" }, last, number)];
}

/** The number of a citation, as a button that opens its article there. */
export function chip(
  chat: ChatController,
  words: Messages,
  citations: readonly Citation[],
  index: number,
  describedBy?: string,
): ElementView | null {
  const citation = citations[index];
  if (!citation) return null;
  return h(
    "button",
    {
      class: "chip",
      part: "chip",
      type: "button",
      "aria-label": words.citation(citation.marker, citation.title),
      "aria-describedby": describedBy,
      onClick: (event) => chat.openSource(citations, index, event.currentTarget as HTMLElement),
    },
    citation.marker,
  );
}

function sourceLink(chat: ChatController, words: Messages, quotes: Quotes, index: number): View {
  const quote = quotes[index];
  if (!quote) return null;
  const article = chat.articleOf(quote.articleId);
  const details = [newspaperOf(article), article?.publishedAt].filter((detail) => detail);
  return h(
    "button",
    {
      class: "source-link",
      part: "source-link",
      type: "button",
      onClick: (event) => chat.openSource(quotes, index, event.currentTarget as HTMLElement),
    },
    h("span", { class: "source-title" }, words.titleMarks(titleParts(quote.title).main)),
    details.length > 0 && h("span", { class: "source-details" }, details.join(" · ")),
    h("span", { class: "source-open" }, words.openSource, icon("next")),
  );
}
