import type { ChatController } from "../chat/chat-controller.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { errorText } from "./error-text.ts";

/** Says a finished answer once, as a whole: reading a stream aloud piece by piece would be noise. */
export function announcementView(chat: ChatController, words: Messages): View {
  return h(
    "div",
    { class: "visually-hidden announcement", role: "status", key: "announcement" },
    sentence(chat, words),
  );
}

function sentence({ announcement, conversation }: ChatController, words: Messages): string {
  if (conversation.isBusy) return words.asking;
  if (!announcement) return "";
  if (typeof announcement === "string") return words[announcement];
  const { phase, answer } = announcement;
  if (phase === "stopped") return words.stopped;
  if (!answer) return errorText(words, announcement);
  const byWords = answer.searchedBy === "words" ? words.byWordsOnly : "";
  if (answer.status === "no-evidence") return `${words.noEvidence}${byWords}`;
  return `${words.answerReady(answer.citations.length)} ${answer.text}${byWords}`;
}
