/** One article of the corpus. `text` is clean and final: every span of the product is an offset in it. */
export type Article = {
  /** The file's path below the corpus folder without its extension, e.g. `xiangtan-zhongxin-2021`. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Where it was published, e.g. a newspaper's name; the file name where nothing says. */
  readonly source: string;
  /** ISO date, as far as it is known: `2021`, `2021-06` or `2021-06-30`. */
  readonly publishedAt?: string;
  readonly url?: string;
};
