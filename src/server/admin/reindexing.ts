import type { WenjuErrorCode } from "../../errors.ts";
import type { IndexReport } from "../../indexing/build-index.ts";
import type { IndexProgress } from "../../indexing/index-progress.ts";

/** Whatever keeps the index up to date while questions are answered. */
export type Reindexing = {
  readonly status: ReindexStatus;
  /** Indexes what has changed: at once, or after the run that is going on. */
  request(): void;
};

export type ReindexStatus = {
  /** `waiting`: a change was seen, and more may follow. `failed`: the last run came to nothing; what it was to replace goes on answering. */
  readonly state: "current" | "waiting" | "indexing" | "opening" | "failed";
  /** How far the run that is going on has come. */
  readonly progress?: IndexProgress | undefined;
  /** What came of the last run that ended well. */
  readonly report?: (IndexReport & { readonly at: string }) | undefined;
  /** What the last run came to nothing by; gone after one that ended well. */
  readonly failure?: ReindexFailure | undefined;
};

export type ReindexFailure = {
  readonly code: WenjuErrorCode;
  readonly message: string;
  /** ISO times: when it happened, and when it is tried again. */
  readonly at: string;
  readonly retryAt: string;
};
