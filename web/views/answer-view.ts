import type { Citation } from "../../src/answer/answer.ts";
import type { ChatController } from "../chat/chat-controller.ts";
import {
  type AnswerBlock,
  answerBlocks,
  citationsWithoutExcerpt,
  type InlinePart,
} from "../conversation/answer-blocks.ts";
import type { Turn } from "../conversation/turn.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { chip, excerptView } from "./excerpt-view.ts";
import { titleParts } from "./title-parts.ts";

/** What is known of an answer so far: excerpts, prose with chips, and the quotes that prose leans on. */
export function answerView(chat: ChatController, words: Messages, turn: Turn): View {
  return [contentView(chat, words, turn), byWordsView(words, turn)];
}

function contentView(chat: ChatController, words: Messages, turn: Turn): View {
  if (turn.answer?.status === "no-evidence") return noEvidenceView(chat, words, turn);
  if (turn.citations.length === 0 && turn.phase !== "answered") return null;
  const blocks = answerBlocks(turn.text, turn.citations);
  return [
    blocks.map((block, index) => blockView(chat, words, turn, block, index)),
    turn.phase === "answered" && remainingQuotes(chat, words, turn.citations, blocks),
  ];
}

function blockView(
  chat: ChatController,
  words: Messages,
  turn: Turn,
  block: AnswerBlock,
  index: number,
): View {
  const { citations } = turn;
  if (block.kind === "excerpt") {
    return excerptView(chat, words, citations, citations.indexOf(block.citation), block.shown);
  }
  const parts = block.parts.map((part, at) =>
    partView(chat, words, citations, part, `${turn.id}-${index}-${at}`),
  );
  return h("p", { class: "prose", key: `prose-${index}` }, parts);
}

function partView(
  chat: ChatController,
  words: Messages,
  citations: readonly Citation[],
  part: InlinePart,
  id: string,
): View {
  if ("text" in part) return part.text;
  const index = citations.findIndex(({ marker }) => marker === part.marker);
  const citation = citations[index];
  if (!citation) return `[${part.marker}]`;
  return h(
    "span",
    { class: "cited-here", onKeydown: dismissOnEscape, onPointerenter: restoreCard, onFocusin: restoreCard },
    chip(chat, words, citations, index, `card-${id}`),
    h(
      "span",
      { class: "card", part: "card", role: "tooltip", id: `card-${id}` },
      h("span", { class: "card-quote" }, citation.quote),
      h("span", { class: "card-title" }, words.titleMarks(titleParts(citation.title).main)),
    ),
  );
}

/** A card that covers what one reads must go away without moving pointer or focus. */
function dismissOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  (event.currentTarget as HTMLElement).classList.add("dismissed");
}

function restoreCard(event: Event): void {
  (event.currentTarget as HTMLElement).classList.remove("dismissed");
}

function remainingQuotes(
  chat: ChatController,
  words: Messages,
  citations: readonly Citation[],
  blocks: readonly AnswerBlock[],
): View {
  const rest = citationsWithoutExcerpt(blocks, citations);
  if (rest.length === 0) return null;
  return h(
    "section",
    { class: "quotes", key: "quotes", "aria-label": words.sources },
    h("h3", { class: "label" }, words.sources),
    rest.map((citation) => excerptView(chat, words, citations, citations.indexOf(citation))),
  );
}

/** While the model that knows meanings cannot be had, less is found: a reader should know. */
function byWordsView(words: Messages, { answer }: Turn): View {
  return (
    answer?.searchedBy === "words" && h("p", { class: "hint by-words", key: "by-words" }, words.byWordsOnly)
  );
}

function noEvidenceView(chat: ChatController, words: Messages, { answer }: Turn): View {
  const related = answer?.related ?? [];
  return [
    h(
      "div",
      { class: "no-evidence", part: "no-evidence", key: "no-evidence" },
      h("p", { class: "no-evidence-lead" }, words.noEvidence),
      h("p", { class: "hint" }, words.noEvidenceHint),
    ),
    related.length > 0 &&
      h(
        "section",
        { class: "quotes", key: "related", "aria-label": words.related },
        h("h3", { class: "label" }, words.related),
        related.map((_, index) => excerptView(chat, words, related, index)),
      ),
  ];
}
