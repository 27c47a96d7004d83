/** What a view is made of: elements, text, lists of both, or nothing. Strings always become text nodes. */
export type View = ElementView | string | number | false | null | undefined | readonly View[];

export type ElementView = {
  readonly tag: string;
  /** Keeps a node with its item when a list changes; among siblings it is unique. */
  readonly key: string | undefined;
  readonly props: Props;
  readonly children: readonly View[];
};

type Handlers = {
  readonly [Type in keyof HTMLElementEventMap as `on${Capitalize<Type>}`]?:
    | ((event: HTMLElementEventMap[Type]) => void)
    | undefined;
};

/** Attributes by their HTML names, and listeners as `onClick`, `onKeydown` …; false, null and undefined leave one out. */
export type Props = Handlers & { readonly [attribute: string]: unknown };

/**
 * Describes an element. There is deliberately no way to hand in markup: whatever a corpus, a question or a
 * model wrote can only become text or the value of an attribute.
 */
export function h(tag: string, props: Props = {}, ...children: readonly View[]): ElementView {
  const { key, ...rest } = props;
  return { tag, key: key === undefined ? undefined : String(key), props: rest, children };
}
