import type { ReactiveController, ReactiveControllerHost } from "@lit/reactive-element";

/**
 * Says in `--covered-top` and `--covered-bottom` how much of the window a phone's keyboard hides. Browsers that do not
 * shrink the page for it (Safari; Chromium unless the page's viewport says so) tell by the visual viewport alone. The
 * values stand in a style sheet of their own: an inline style would need `style-src`.
 */
export class CoveredArea implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #selector: string;
  readonly #rootOf: () => DocumentOrShadowRoot;
  readonly #sheet = new CSSStyleSheet();

  /** `selector`: on which element of the root the properties are set. */
  constructor(host: ReactiveControllerHost, selector: string, rootOf: () => DocumentOrShadowRoot) {
    this.#host = host;
    this.#selector = selector;
    this.#rootOf = rootOf;
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.#rootOf();
    if (!root.adoptedStyleSheets.includes(this.#sheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    }
    window.visualViewport?.addEventListener("resize", this.#measure);
    window.visualViewport?.addEventListener("scroll", this.#measure);
    this.#measure();
  }

  hostDisconnected(): void {
    window.visualViewport?.removeEventListener("resize", this.#measure);
    window.visualViewport?.removeEventListener("scroll", this.#measure);
  }

  readonly #measure = (): void => {
    const { top, bottom } = coveredNow();
    const rule = `${this.#selector} { --covered-top: ${top}px; --covered-bottom: ${bottom}px; }`;
    this.#sheet.replaceSync(top + bottom > 0 ? rule : "");
    this.#host.requestUpdate();
  };
}

/** A reader who zooms in with two fingers also sees less, but has no keyboard in the way. */
function coveredNow(): { readonly top: number; readonly bottom: number } {
  const seen = window.visualViewport;
  if (!seen || seen.scale > 1.01) return { top: 0, bottom: 0 };
  const whole = (document.scrollingElement ?? document.documentElement).clientHeight;
  const top = Math.max(0, Math.round(seen.offsetTop));
  return { top, bottom: Math.max(0, Math.round(whole - top - seen.height)) };
}
