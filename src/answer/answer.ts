import type { Span } from "../text/span.ts";

/**
 * A verbatim excerpt that stands for (a part of) the answer.
 * `article.text.slice(span.start, span.end) === quote` on every channel.
 */
export type Citation = {
  /** 1, 2, 3 …: the `[1]` of the answer's text. */
  readonly marker: number;
  readonly passageId: string;
  readonly articleId: string;
  readonly title: string;
  readonly span: Span;
  readonly quote: string;
  /** How well it answers, 0 … 1. */
  readonly score: number;
  /** The short answer inside the quote (offsets in the article, within `span`), where one was found. */
  readonly focus?: Span;
};

/** A passage near the question, shown when nothing answers it. Verbatim like a citation. */
export type RelatedPassage = Omit<Citation, "marker" | "focus">;

export type Answer = {
  readonly id: string;
  /** As it was asked. */
  readonly question: string;
  readonly status: "answered" | "no-evidence";
  /** What the reader reads: quotes with their markers, or a sentence that says that nothing was found. */
  readonly text: string;
  readonly citations: readonly Citation[];
  /** The nearest passages, best first; empty when answered. */
  readonly related: readonly RelatedPassage[];
  /** `extractive`: only quotes. `generative`: written by a language model and checked against quotes. */
  readonly mode: "extractive" | "generative";
  /**
   * `words`: the model that knows meanings could not be had in time, so only what shares words with the question was found.
   * Absent otherwise.
   */
  readonly searchedBy?: "words";
};

/** One stream for every face: citations first, then the text, then the whole answer once more. */
export type AnswerEvent =
  | { readonly type: "citation-available"; readonly citation: Citation }
  | { readonly type: "text-delta"; readonly text: string }
  | { readonly type: "answer-end"; readonly answer: Answer };
