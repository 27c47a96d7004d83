import { copyToClipboard } from "../chat/copy.ts";
import { h, type View } from "../dom/view.ts";
import { preferredTheme } from "../preferences.ts";
import { icon } from "../views/icon.ts";
import { masthead } from "./masthead.ts";
import { WenjuPage } from "./wenju-page.ts";

/** `/demo`: a page as another site might have it, with the widget on it and the lines to copy. */
export class DemoPage extends WenjuPage {
  #copied = "";

  protected override pageTitle(): string {
    return `${this.words.demoHeading} · ${this.words.productName}`;
  }

  protected override view(): View {
    const { words } = this;
    return [
      masthead(words, { onLanguage: this.onLanguage, onTheme: this.onTheme }),
      h(
        "main",
        { class: "reading demo" },
        h("h1", {}, words.demoHeading),
        h("p", {}, words.demoIntroduction),
        this.#snippet("floating", words.demoFloating, snippet({ title: words.demoTitle })),
        this.#snippet(
          "inline",
          words.demoInline,
          `<wenju-chat endpoint="${location.origin}" mode="inline"></wenju-chat>`,
        ),
        h("p", { class: "hint" }, words.demoOrigins),
        h("wenju-chat", { mode: "inline", class: "demo-inline" }),
      ),
    ];
  }

  protected override updated(): void {
    super.updated();
    for (const widget of document.querySelectorAll("wenju-chat")) {
      widget.setAttribute("theme", preferredTheme());
      widget.setAttribute("lang", this.words.tag);
    }
  }

  #snippet(name: string, label: string, code: string): View {
    const { words } = this;
    const isCopied = this.#copied === name;
    return h(
      "section",
      { class: "snippet", "aria-label": label },
      h(
        "div",
        { class: "snippet-head" },
        h("h2", { class: "label" }, label),
        h(
          "button",
          { class: "action", type: "button", onClick: () => void this.#copy(name, code) },
          icon(isCopied ? "check" : "copy"),
          isCopied ? words.copied : words.copy,
        ),
      ),
      h("pre", { tabindex: 0, "aria-label": label }, h("code", {}, code)),
    );
  }

  async #copy(name: string, code: string): Promise<void> {
    this.#copied = (await copyToClipboard(code)) ? name : "";
    this.requestUpdate();
  }
}

/** The lines for another site; the hash lets its browsers refuse a file that was changed on the way. */
function snippet({ title }: { title: string }): string {
  const integrity = document.querySelector<HTMLMetaElement>('meta[name="widget-integrity"]')?.content ?? "";
  return [
    `<script type="module" src="${location.origin}/widget.js"`,
    `  integrity="${integrity}" crossorigin="anonymous"></script>`,
    `<wenju-chat endpoint="${location.origin}" title="${title}" lang="zh-CN"></wenju-chat>`,
  ].join("\n");
}

customElements.define("wenju-demo-page", DemoPage);
