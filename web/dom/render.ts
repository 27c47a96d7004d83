import type { ElementView, Props, View } from "./view.ts";

/** Brings what stands under `root` in line with `view`, keeping every node that still fits (and with it focus and scroll). */
export function render(root: ParentNode & Node, view: View): void {
  patchChildren(root, flatten(view));
}

type Part = ElementView | string;
type Rendered = { readonly part: Part; readonly listeners: Map<string, EventListener> };

const records = new WeakMap<Node, Rendered>();

function flatten(view: View): Part[] {
  if (view === false || view === null || view === undefined || view === "") return [];
  if (typeof view === "string" || typeof view === "number") return [String(view)];
  return "tag" in view ? [view] : view.flatMap(flatten);
}

function patchChildren(parent: ParentNode & Node, parts: readonly Part[]): void {
  const spare = new Map<string, ChildNode[]>();
  for (const node of parent.childNodes) {
    const name = nameOf(records.get(node)?.part);
    if (name !== undefined) spare.set(name, [...(spare.get(name) ?? []), node]);
  }
  const nodes = parts.map((part) => {
    const node = spare.get(nameOf(part) ?? "")?.shift() ?? create(part, parent);
    patch(node, part);
    return node;
  });
  const kept = new Set<ChildNode>(nodes);
  for (const node of [...parent.childNodes]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== node) parent.insertBefore(node, there);
  });
}

/** Nodes of one name can stand in for one another. */
function nameOf(part: Part | undefined): string | undefined {
  if (part === undefined) return undefined;
  return typeof part === "string" ? "#text" : `${part.tag} ${part.key ?? ""}`;
}

const SVG = "http://www.w3.org/2000/svg";

function create(part: Part, parent: Node): ChildNode {
  if (typeof part === "string") return document.createTextNode(part);
  const inSvg = part.tag === "svg" || (parent instanceof Element && parent.namespaceURI === SVG);
  return inSvg ? document.createElementNS(SVG, part.tag) : document.createElement(part.tag);
}

function patch(node: ChildNode, part: Part): void {
  const before = records.get(node);
  if (before?.part === part) return;
  const listeners = before?.listeners ?? new Map<string, EventListener>();
  records.set(node, { part, listeners });
  if (typeof part === "string") {
    if (node.nodeValue !== part) node.nodeValue = part;
    return;
  }
  const element = node as Element;
  const old = before && typeof before.part !== "string" ? before.part.props : {};
  patchChildren(element, part.children.flatMap(flatten));
  patchProps(element, old, part.props, listeners);
}

function patchProps(element: Element, old: Props, props: Props, listeners: Map<string, EventListener>): void {
  for (const name of new Set([...Object.keys(old), ...Object.keys(props)])) {
    const value = props[name];
    if (/^on[A-Z]/.test(name)) listen(element, name.slice(2).toLowerCase(), value, listeners);
    else if (name === "value") setValue(element as HTMLTextAreaElement, value);
    else if (old[name] !== value) setAttribute(element, name, value);
  }
}

/** One stable listener per type looks its handler up, so that a new closure per render costs no DOM call. */
function listen(
  element: Element,
  type: string,
  handler: unknown,
  listeners: Map<string, EventListener>,
): void {
  if (!listeners.has(type)) element.addEventListener(type, (event) => listeners.get(type)?.(event));
  listeners.set(type, typeof handler === "function" ? (handler as EventListener) : () => {});
}

/** Written only where it differs: setting the same value would move the caret and break a running composition. */
function setValue(field: HTMLTextAreaElement | HTMLInputElement | HTMLSelectElement, value: unknown): void {
  const text = String(value ?? "");
  if (field.value !== text) field.value = text;
}

function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}
