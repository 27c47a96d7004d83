import { h, type View } from "../dom/view.ts";
import { LANGUAGES, type Messages } from "../i18n/messages.ts";
import { preferredTheme, type Theme } from "../preferences.ts";
import { icon } from "../views/icon.ts";

export type MastheadOptions = {
  readonly onLanguage: (tag: string) => void;
  readonly onTheme: (theme: Theme) => void;
  /** Shown where there is a conversation to leave. */
  readonly onNewConversation?: (() => void) | undefined;
  readonly isInert?: boolean;
  readonly here?: "chat" | "articles";
};

/** The head of every page: the name, the way to the articles, language and theme. */
export function masthead(words: Messages, options: MastheadOptions): View {
  return h(
    "header",
    { class: "masthead", inert: options.isInert },
    h("a", { class: "wordmark", href: "/" }, words.productName),
    options.onNewConversation && labelled("plus", words.newConversation, options.onNewConversation),
    h(
      "a",
      {
        class: "action",
        href: "/articles",
        "aria-label": words.articles,
        "aria-current": options.here === "articles" ? "page" : undefined,
      },
      icon("list"),
      h("span", { class: "text" }, words.articles),
    ),
    h(
      "button",
      {
        class: "icon-button",
        type: "button",
        key: "menu",
        popovertarget: "menu",
        "aria-label": words.display,
        title: words.display,
      },
      icon("sliders"),
    ),
    menu(words, options),
  );
}

function labelled(name: "plus", label: string, onClick: () => void): View {
  return h(
    "button",
    { class: "action", type: "button", key: name, "aria-label": label, onClick },
    icon(name),
    h("span", { class: "text" }, label),
  );
}

function menu(words: Messages, { onLanguage, onTheme }: MastheadOptions): View {
  const themes = { auto: words.themeAuto, light: words.themeLight, dark: words.themeDark };
  const theme = preferredTheme();
  return h(
    "div",
    { class: "menu", id: "menu", popover: "auto" },
    choices(
      "language",
      words.language,
      LANGUAGES.map(({ tag, name }) => ({ value: tag, label: name, lang: tag })),
      words.tag,
      onLanguage,
    ),
    choices(
      "theme",
      words.theme,
      Object.entries(themes).map(([value, label]) => ({ value, label })),
      theme,
      (value) => onTheme(value as Theme),
    ),
  );
}

type Choice = { readonly value: string; readonly label: string; readonly lang?: string };

function choices(
  name: string,
  label: string,
  options: readonly Choice[],
  chosen: string,
  onChoose: (value: string) => void,
): View {
  return h(
    "fieldset",
    {},
    h("legend", { class: "label" }, label),
    options.map(({ value, label: text, lang }) =>
      h(
        "label",
        { class: "choice", key: value },
        h("input", {
          type: "radio",
          name,
          value,
          checked: value === chosen,
          onChange: () => onChoose(value),
        }),
        h("span", { lang }, text),
      ),
    ),
  );
}
