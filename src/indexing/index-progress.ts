/** Files read, texts embedded, vectors written. */
export type IndexProgress = {
  readonly stage: "reading" | "embedding" | "writing";
  readonly done: number;
  readonly total: number;
};
