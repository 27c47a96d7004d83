/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type HtmlValue = Html | string | number | readonly HtmlValue[];

/** A template whose values are text unless they are `Html` themselves, so that nothing from a corpus becomes markup. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((markup, part, i) => markup + toMarkup(values[i - 1] ?? "") + part));
}

function toMarkup(value: HtmlValue): string {
  if (value instanceof Html) return value.toString();
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  return value.map(toMarkup).join("");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
