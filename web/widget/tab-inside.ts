const STOPS = "button:not(:disabled), a[href], input, textarea, [tabindex='0']";

/** Keeps the Tab key inside a panel that covers the whole window: what lies behind it cannot be seen. */
export function keepTabInside(event: KeyboardEvent, panel: Element): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)].filter((stop) => !stop.closest("[inert]"));
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (from && (from.getRootNode() as ShadowRoot).activeElement === from) {
    event.preventDefault();
    to?.focus();
  }
}
