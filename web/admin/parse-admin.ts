export type AdminState = "current" | "waiting" | "indexing" | "opening" | "failed";

export type AdminStatus = {
  readonly state: AdminState;
  /** Names what answers now. */
  readonly generation: string;
  readonly articles: number;
  readonly passages: number;
  readonly progress?: { readonly stage: string; readonly done: number; readonly total: number } | undefined;
  /** When the last run ended that ended well. */
  readonly reportedAt: string;
  readonly failure?: { readonly code: string; readonly message: string } | undefined;
};

/** A file that is read as an article, or is to be. */
export type AdminFile = {
  readonly id: string;
  /** Below the corpus folder. */
  readonly file: string;
  readonly bytes: number;
  /** Empty as long as it has not been indexed. */
  readonly title: string;
  /** Why it gives no article; empty where it does. */
  readonly skipped: string;
};

const STATES: readonly AdminState[] = ["current", "waiting", "indexing", "opening", "failed"];

export function parseStatus(value: unknown): AdminStatus {
  const body = fields(value);
  const { done, total, stage } = fields(body["progress"]);
  const { code, message } = fields(body["failure"]);
  return {
    state: STATES.find((state) => state === body["state"]) ?? "current",
    generation: text(body["generation"]),
    articles: count(body["articles"]),
    passages: count(body["passages"]),
    progress: count(total) > 0 ? { stage: text(stage), done: count(done), total: count(total) } : undefined,
    reportedAt: text(fields(body["report"])["at"]),
    failure: message === undefined ? undefined : { code: text(code), message: text(message) },
  };
}

export function parseFiles(value: unknown): AdminFile[] {
  const { articles } = fields(value);
  return (Array.isArray(articles) ? articles : []).map((each: unknown) => {
    const { id, file, bytes, title, skipped } = fields(each);
    return {
      id: text(id),
      file: text(file),
      bytes: count(bytes),
      title: text(title),
      skipped: text(fields(skipped)["code"]),
    };
  });
}

function fields(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null ? (value as { [name: string]: unknown }) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
}
