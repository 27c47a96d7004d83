const sheets = new WeakMap<ShadowRoot, CSSStyleSheet>();

/** Gives a widget its site's colour, by a style sheet of its own: an inline style would need `style-src`. */
export function setAccent(root: ShadowRoot, accent: string): void {
  const isColour = accent !== "" && CSS.supports("color", accent);
  sheetOf(root).replaceSync(isColour ? `.frame { --wenju-accent: ${accent}; }` : "");
}

function sheetOf(root: ShadowRoot): CSSStyleSheet {
  const known = sheets.get(root);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheets.set(root, sheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return sheet;
}
