import { type Messages, messagesFor } from "./i18n/messages.ts";

export type Theme = "auto" | "light" | "dark";

const LANGUAGE_KEY = "wenju:language";
const THEME_KEY = "wenju:theme";

/** The language that was chosen here, else the browser's. */
export function preferredMessages(): Messages {
  const chosen = stored(LANGUAGE_KEY);
  return messagesFor(chosen ? [chosen] : navigator.languages);
}

export function chooseLanguage(tag: string): void {
  store(LANGUAGE_KEY, tag);
}

export function preferredTheme(): Theme {
  const chosen = stored(THEME_KEY);
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

export function chooseTheme(theme: Theme): void {
  store(THEME_KEY, theme);
  applyTheme(theme);
}

/** `data-theme` on the root decides where it stands; without it the style sheet follows the system. */
export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden here
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The choice then lasts as long as the page.
  }
}
