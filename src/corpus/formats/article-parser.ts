/** A file of the corpus folder, read whole. */
export type CorpusFile = {
  /** Below the corpus folder, with `/` between its parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
};

/** What a format tells about an article; what it leaves out is looked for in the text. */
export type ParsedArticle = {
  /** As it stands in the file, line breaks and all; a heading's line may start with `#` marks. */
  readonly text: string;
  readonly title?: string | undefined;
  readonly source?: string | undefined;
  /** ISO date. */
  readonly publishedAt?: string | undefined;
  readonly url?: string | undefined;
};

/** Reads one format. */
export interface ArticleParser {
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Throws a `SkippedFileError` where the file cannot be used. */
  parse(file: CorpusFile): ParsedArticle | Promise<ParsedArticle>;
}
