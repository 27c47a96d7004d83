const CODES = [
  "offline",
  "unreachable",
  "interrupted",
  "busy",
  "too-often",
  "forbidden",
  "invalid",
  "not-found",
  "failed",
] as const;

/** Why a request gave no result, in the words the faces have sentences for. */
export type ClientErrorCode = (typeof CODES)[number];

/** What another page of this tab kept may be anything. */
export function isClientErrorCode(value: unknown): value is ClientErrorCode {
  return CODES.some((code) => code === value);
}

export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ClientErrorCode;

  /** `message` is what the server said, and empty where it said nothing. */
  constructor(code: ClientErrorCode, message = "", options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The error of a request that got no response at all. */
export function connectionError(cause: unknown): ClientError {
  return new ClientError(navigator.onLine ? "unreachable" : "offline", "", { cause });
}

/** The error of a response whose status is not 2xx. */
export async function responseError(response: Response): Promise<ClientError> {
  return new ClientError(codeOfStatus(response.status), await readMessage(response));
}

function codeOfStatus(status: number): ClientErrorCode {
  if (status === 401 || status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 429) return "too-often";
  if (status === 503) return "busy";
  return status >= 400 && status < 500 ? "invalid" : "failed";
}

async function readMessage(response: Response): Promise<string> {
  try {
    const body: unknown = await response.json();
    return messageOf(body);
  } catch {
    return "";
  }
}

/** The message of `{ error: { message } }`, or nothing. */
export function messageOf(body: unknown): string {
  const error = (body as { error?: { message?: unknown } } | null)?.error;
  return typeof error?.message === "string" ? error.message : "";
}
