/** One line of the clean text, and what it is. */
export type Block = {
  readonly kind: "title" | "heading" | "caption" | "paragraph";
  readonly text: string;
  /** 1 … 6 for a marked heading; where nothing marks it, 2. */
  readonly level?: number;
  /** Whether a caption names the people who made the article or its pictures. */
  readonly byline?: boolean;
};
