/**
 * Runs `change`; where it takes the focused element away, focus moves on instead of falling back to the document: to
 * the nearest element around it that is still there and takes focus from scripts (`tabindex="-1"`), else to the first
 * that `heirs` selects.
 */
export function keepFocus(root: ParentNode & Node, heirs: string, change: () => void): void {
  const focused = (root.getRootNode() as Document | ShadowRoot).activeElement;
  const around = focused && root.contains(focused) ? lineOf(focused) : [];
  change();
  if (!focused || around.length === 0 || focused.isConnected) return;
  const heir =
    around.find((element) => element.isConnected && element.getAttribute("tabindex") === "-1") ??
    root.querySelector(heirs);
  if (heir instanceof HTMLElement) heir.focus({ preventScroll: true });
}

function lineOf(element: Element): Element[] {
  const line: Element[] = [];
  for (let each = element.parentElement; each; each = each.parentElement) line.push(each);
  return line;
}
