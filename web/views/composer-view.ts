import { type ChatController, LONGEST_QUESTION } from "../chat/chat-controller.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { icon } from "./icon.ts";

/** Where questions are written. Enter sends, but never the Enter that ends a composition of an input method. */
export function composerView(chat: ChatController, words: Messages): View {
  const isBusy = chat.conversation.isBusy;
  const over = chat.draftLength - LONGEST_QUESTION;
  return h(
    "form",
    {
      class: "composer",
      part: "composer",
      onSubmit: (event) => {
        event.preventDefault();
        void chat.submit();
      },
    },
    h(
      "div",
      { class: "composer-box", part: "composer-box" },
      h("textarea", {
        class: "composer-field",
        part: "input",
        id: "question",
        rows: rowsFor(chat.draft),
        enterkeyhint: "send",
        autocomplete: "off",
        "aria-label": words.questionLabel,
        "aria-describedby": over > 0 ? "composer-problem" : "composer-keys",
        "aria-invalid": over > 0 ? "true" : undefined,
        placeholder: words.questionPlaceholder,
        value: chat.draft,
        onInput: (event) => chat.setDraft((event.currentTarget as HTMLTextAreaElement).value),
        onKeydown: (event) => onKey(event, chat),
      }),
      isBusy ? stopButton(chat, words) : sendButton(words, over > 0 || chat.draft.trim() === ""),
    ),
    h("p", { class: "visually-hidden", id: "composer-keys" }, words.keys),
    over > 0 &&
      h("p", { class: "composer-problem", id: "composer-problem", role: "alert" }, words.tooLong(over)),
  );
}

function sendButton(words: Messages, isDisabled: boolean): View {
  return h(
    "button",
    {
      class: "send",
      part: "send",
      key: "send",
      type: "submit",
      "aria-label": words.send,
      disabled: isDisabled,
    },
    icon("send"),
  );
}

function stopButton(chat: ChatController, words: Messages): View {
  return h(
    "button",
    {
      class: "send stop",
      part: "send",
      key: "stop",
      type: "button",
      "aria-label": words.stop,
      onClick: () => chat.conversation.stop(),
    },
    icon("stop"),
  );
}

function onKey(event: KeyboardEvent, chat: ChatController): void {
  // 229: the key belongs to the input method; Safari sends it after the composition has ended.
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    void chat.submit();
  } else if (event.key === "ArrowUp" && chat.recall()) {
    event.preventDefault();
  } else if (event.key === "Escape" && chat.conversation.isBusy) {
    event.stopPropagation();
    chat.conversation.stop();
  }
}

/** A first guess for browsers without `field-sizing: content`. */
function rowsFor(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 32)), 0);
  return Math.min(6, lines);
}
