/** Codes that callers may react to; they are stable, the messages are not. */
export type WenjuErrorCode =
  | "USAGE"
  | "CONFIG_INVALID"
  | "CORPUS_NOT_FOUND"
  | "CORPUS_EMPTY"
  | "MODEL_NOT_FOUND"
  | "MODEL_INVALID"
  | "EMBEDDING_FAILED"
  | "INDEX_NOT_FOUND"
  | "INDEX_MISMATCH"
  | "INDEX_CORRUPT"
  | "INDEX_NOT_WRITABLE"
  | "INDEX_LOCKED"
  | "INDEXING_FAILED"
  | "QUESTION_SET_INVALID"
  | "PORT_UNAVAILABLE"
  | "REQUEST_INVALID"
  | "REQUEST_TOO_LARGE"
  | "ARTICLE_NOT_FOUND"
  | "NOT_FOUND"
  | "ARTICLE_EXISTS"
  | "ARTICLE_NOT_SAVED"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "TOO_MANY_REQUESTS"
  | "SERVER_BUSY"
  | "QUESTION_TIMED_OUT"
  | "FEEDBACK_NOT_SAVED"
  | "QUESTION_NOT_SAVED"
  | "ABORTED"
  | "INTERNAL";

/** An error that says what happened, with which values, and what to do. */
export class WenjuError extends Error {
  override readonly name = "WenjuError";
  readonly code: WenjuErrorCode;

  constructor(code: WenjuErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type Language = "zh" | "en";

/** An error that is read by the one who caused it, in their language; `message` is the English text. */
export class SpokenError extends WenjuError {
  readonly texts: Readonly<Record<Language, string>>;

  constructor(code: WenjuErrorCode, texts: Readonly<Record<Language, string>>, options?: ErrorOptions) {
    super(code, texts.en, options);
    this.texts = texts;
  }
}
