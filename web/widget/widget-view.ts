import type { ChatController } from "../chat/chat-controller.ts";
import { h, type View } from "../dom/view.ts";
import type { Messages } from "../i18n/messages.ts";
import { announcementView } from "../views/announcement-view.ts";
import { composerView } from "../views/composer-view.ts";
import { icon } from "../views/icon.ts";
import { sourceView } from "../views/source-view.ts";
import { suggestionList, suggestionsOf } from "../views/suggestions-view.ts";
import { turnView } from "../views/turn-view.ts";
import { keepTabInside } from "./tab-inside.ts";

/** What the element's attributes say. */
export type WidgetSettings = {
  readonly title: string;
  readonly theme: string;
  readonly position: string;
  readonly greeting: string;
  /** A framework may write what it has: nothing. */
  readonly suggestions: readonly string[] | null | undefined;
  readonly mode: string;
  readonly isOpen: boolean;
};

export type WidgetViewParts = {
  readonly widget: WidgetSettings;
  readonly chat: ChatController;
  readonly words: Messages;
  readonly open: () => void;
  readonly close: () => void;
};

/** All that stands in the widget's shadow root. */
export function widgetView(parts: WidgetViewParts): View {
  const { widget, words, open, close } = parts;
  const isInline = widget.mode === "inline";
  return h(
    "div",
    {
      key: widget.mode,
      class: `frame ${isInline ? "inline" : "floating"} ${widget.position === "bottom-left" ? "left" : "right"}`,
      lang: words.tag,
      title: "", // or the element's own title would hang over everything as a tooltip
      popover: isInline ? undefined : "manual",
      "data-theme": widget.theme,
      onKeydown: (event) => onKey(event, parts),
      onKeyup: keepInside,
      onKeypress: keepInside,
    },
    (isInline || widget.isOpen) && panel(parts),
    !isInline && launcher(widget, words, widget.isOpen ? close : open),
  );
}

function launcher({ title, isOpen }: WidgetSettings, words: Messages, onClick: () => void): View {
  return h(
    "button",
    {
      class: "launcher",
      part: "button",
      type: "button",
      "aria-label": isOpen ? words.closeChat : title || words.openChat,
      "aria-expanded": isOpen ? "true" : "false",
      onClick,
    },
    icon(isOpen ? "close" : "chat"),
  );
}

function panel(parts: WidgetViewParts): View {
  const { widget, chat, words } = parts;
  const isSourceOpen = chat.source.state.phase !== "closed";
  return h(
    "section",
    {
      class: "panel",
      part: "panel",
      role: widget.mode === "inline" ? "region" : "dialog",
      "aria-modal": coversWindow(widget) ? "true" : undefined,
      "aria-label": nameOf(parts),
    },
    h(
      "div",
      { class: "talk", inert: isSourceOpen },
      head(parts),
      h(
        "div",
        { class: "log", part: "log", tabindex: 0, role: "group", "aria-label": nameOf(parts) },
        logView(parts),
      ),
      h("div", { class: "dock" }, composerView(chat, words)),
    ),
    sourceView(chat.source, words, {
      addressOf: ({ articleId, span }) => chat.addressOf(articleId, span),
      onClose: () => chat.closeSource(),
      isModal: true,
    }),
    announcementView(chat, words),
  );
}

/** On phones, upright or on their side; the style sheet has the same measures. */
const SMALL_WINDOW = "(width <= 480px), (height <= 480px) and (width <= 960px)";

function coversWindow({ mode }: WidgetSettings): boolean {
  return mode !== "inline" && matchMedia(SMALL_WINDOW).matches;
}

function nameOf({ widget, words }: WidgetViewParts): string {
  return widget.title || words.productName;
}

function head(parts: WidgetViewParts): View {
  const { widget, chat, words, close } = parts;
  const button = (name: "plus" | "close", label: string, onClick: () => void) =>
    h(
      "button",
      { class: "icon-button", type: "button", key: name, "aria-label": label, title: label, onClick },
      icon(name),
    );
  return h(
    "header",
    { class: "head", part: "header" },
    h("h1", { class: "name" }, nameOf(parts)),
    chat.conversation.turns.length > 0 && button("plus", words.newConversation, () => chat.startOver()),
    widget.mode !== "inline" && button("close", words.closeChat, close),
  );
}

function logView({ widget, chat, words }: WidgetViewParts): View {
  const { turns } = chat.conversation;
  if (turns.length > 0) return turns.map((turn) => turnView(chat, words, turn));
  const suggestions = widget.suggestions?.length
    ? widget.suggestions
    : chat.corpus && suggestionsOf(chat.corpus);
  return [
    h("p", { class: "greeting", part: "greeting", key: "greeting" }, widget.greeting || words.greeting),
    suggestions && suggestionList(chat, words, suggestions),
  ];
}

/** What is typed here is none of the host page's business: its shortcuts would see keys without a text field. */
function keepInside(event: Event): void {
  event.stopPropagation();
}

function onKey(event: KeyboardEvent, { chat, widget, close }: WidgetViewParts): void {
  keepInside(event);
  const panel = (event.currentTarget as HTMLElement).querySelector(".panel");
  if (event.key === "Tab" && panel && coversWindow(widget)) keepTabInside(event, panel);
  if (event.key !== "Escape" || event.isComposing) return;
  if (chat.source.state.phase !== "closed") chat.closeSource();
  else if (widget.mode !== "inline") close();
}
