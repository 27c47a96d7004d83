import { ReactiveElement } from "@lit/reactive-element";
import { keepFocus } from "./keep-focus.ts";
import { render } from "./render.ts";
import type { View } from "./view.ts";

/**
 * A Lit element whose template is a view. Lit brings properties, batched updates, controllers and constructable
 * style sheets; its own templates are left out because they need `innerHTML`, which a strict host page forbids.
 */
export abstract class ViewElement extends ReactiveElement {
  protected abstract view(): View;

  protected override update(changed: Map<PropertyKey, unknown>): void {
    super.update(changed);
    keepFocus(this.renderRoot, ".turn:last-child, .composer-field", () =>
      render(this.renderRoot, this.view()),
    );
  }
}

/** A whole page: it renders into itself, so that the page's style sheet, find-in-page and printing work as usual. */
export abstract class PageElement extends ViewElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
