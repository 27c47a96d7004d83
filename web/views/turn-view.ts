import type { ChatController } from "../chat/chat-controller.ts";
import type { Rating, Turn } from "../conversation/turn.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { answerView } from "./answer-view.ts";
import { errorText } from "./error-text.ts";
import { icon } from "./icon.ts";

/** One question, its answer, and what can be done with it. */
export function turnView(chat: ChatController, words: Messages, turn: Turn): View {
  return h(
    "article",
    {
      class: "turn",
      part: "turn",
      key: turn.id,
      tabindex: -1,
      "data-turn": turn.id,
      "data-phase": turn.phase,
    },
    h("h2", { class: "question", part: "question" }, turn.question),
    h(
      "div",
      { class: "answer", part: "answer", "aria-busy": turn.phase === "answering" ? "true" : undefined },
      answerView(chat, words, turn),
      isWaiting(turn) &&
        h("p", { class: "waiting", key: "waiting" }, h("span", { class: "dots" }), words.asking),
    ),
    endView(chat, words, turn),
  );
}

/** Nothing to show yet: no-evidence answers stream a sentence too, but only their end says which it is. */
function isWaiting({ phase, citations, text }: Turn): boolean {
  return phase === "asking" || (phase === "answering" && (citations.length === 0 || text === ""));
}

function endView(chat: ChatController, words: Messages, turn: Turn): View {
  switch (turn.phase) {
    case "asking":
    case "answering":
      return null;
    case "answered":
      return answeredView(chat, words, turn);
    case "stopped":
      return problemView(chat, turn, words.stopped, words.askAgain);
    case "failed":
      return problemView(chat, turn, errorText(words, turn), words.retry);
    default:
      return turn.phase satisfies never;
  }
}

function problemView(chat: ChatController, turn: Turn, text: string, action: string): View {
  return h(
    "div",
    { class: `problem ${turn.phase}`, part: "problem", key: "problem" },
    h("p", {}, text),
    h(
      "button",
      { class: "button", type: "button", onClick: () => void chat.conversation.retry(turn.id) },
      icon("retry"),
      action,
    ),
  );
}

function answeredView(chat: ChatController, words: Messages, turn: Turn): View {
  return h(
    "footer",
    { class: "turn-foot", key: "foot" },
    h(
      "div",
      { class: "actions" },
      copyButton(chat, words, turn),
      thumb(chat, words, turn, "up"),
      thumb(chat, words, turn, "down"),
    ),
    turn.rating && ratingView(chat, words, turn, turn.rating),
  );
}

function copyButton(chat: ChatController, words: Messages, turn: Turn): View {
  const copied = chat.copied?.id === turn.id ? chat.copied : undefined;
  const label = copied ? (copied.worked ? words.copied : words.copyFailed) : words.copy;
  return h(
    "button",
    {
      class: "action",
      type: "button",
      "aria-label": copied ? label : words.copyLabel,
      onClick: () => void chat.copy(turn, words),
    },
    icon(copied?.worked ? "check" : "copy"),
    label,
  );
}

function thumb(chat: ChatController, words: Messages, turn: Turn, value: Rating["value"]): View {
  const label = value === "up" ? words.good : words.bad;
  const isSet = turn.rating?.value === value;
  return h(
    "button",
    {
      class: "action round",
      type: "button",
      "aria-label": label,
      title: label,
      "aria-pressed": isSet ? "true" : "false",
      onClick: (event) => {
        chat.conversation.rate(turn.id, value);
        revealFoot(event.currentTarget as HTMLElement);
      },
    },
    icon(value),
  );
}

/** The form that a rating opens may lie below the fold. */
function revealFoot(button: HTMLElement): void {
  requestAnimationFrame(() => button.closest(".turn-foot")?.scrollIntoView({ block: "nearest" }));
}

function ratingView(chat: ChatController, words: Messages, turn: Turn, rating: Rating): View {
  if (rating.state === "open") return remarkForm(chat, words, turn);
  const text = {
    sending: words.ratingSending,
    sent: words.ratingSent,
    kept: words.ratingKept,
    failed: words.ratingFailed,
  }[rating.state];
  return h("p", { class: "rating-state", role: "status" }, text);
}

function remarkForm(chat: ChatController, words: Messages, turn: Turn): View {
  return h(
    "form",
    {
      class: "remark",
      onSubmit: (event) => {
        event.preventDefault();
        const field = (event.currentTarget as HTMLElement).querySelector("input");
        void chat.conversation.sendRating(turn.id, field?.value.trim() ?? "");
      },
    },
    h("input", {
      class: "field",
      type: "text",
      maxlength: 500,
      "aria-label": words.remark,
      placeholder: words.remark,
    }),
    h("button", { class: "button", type: "submit" }, words.sendRemark),
  );
}
