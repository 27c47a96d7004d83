import { WenjuClient } from "../client/wenju-client.ts";
import { PageElement } from "../dom/view-element.ts";
import type { Messages } from "../i18n/messages.ts";
import { chooseLanguage, chooseTheme, preferredMessages, type Theme } from "../preferences.ts";

/** What the pages have in common: the server, the language and the theme. */
export abstract class WenjuPage extends PageElement {
  protected readonly client = new WenjuClient();
  protected words: Messages = preferredMessages();

  protected abstract pageTitle(): string;

  protected override willUpdate(): void {
    this.client.language = this.words.tag;
  }

  protected override updated(): void {
    document.title = this.pageTitle();
    document.documentElement.lang = this.words.tag;
  }

  protected readonly onLanguage = (tag: string): void => {
    chooseLanguage(tag);
    this.words = preferredMessages();
    this.requestUpdate();
  };

  protected readonly onTheme = (theme: Theme): void => {
    chooseTheme(theme);
    this.requestUpdate();
  };
}
