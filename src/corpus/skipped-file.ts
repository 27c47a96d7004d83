export type SkipCode =
  | "EMPTY"
  | "BINARY"
  | "ENCODING_UNKNOWN"
  | "MALFORMED"
  | "TOO_LARGE"
  | "UNREADABLE"
  | "SYMLINK"
  | "UNSUPPORTED";

/** A file of the corpus folder that gave no article. */
export type SkippedFile = {
  /** Below the corpus folder, with `/` between its parts. */
  readonly file: string;
  readonly code: SkipCode;
  /** For people: what is wrong and what to do. */
  readonly reason: string;
};

/** Says why one file cannot be used; the corpus goes on without it. */
export class SkippedFileError extends Error {
  override readonly name = "SkippedFileError";
  readonly code: SkipCode;

  constructor(code: SkipCode, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.code = code;
  }
}
