/** A newspaper's title before its dash, and the subtitle from the dash on. */
export function titleParts(title: string): { readonly main: string; readonly sub: string } {
  const dash = title.indexOf("——");
  return dash > 0
    ? { main: title.slice(0, dash).trim(), sub: title.slice(dash).trim() }
    : { main: title, sub: "" };
}
