import { type AdminFile, type AdminStatus, parseFiles, parseStatus } from "./parse-admin.ts";

/** Why the server did not do it. */
export class AdminError extends Error {
  override readonly name = "AdminError";
  /** 0 where no response came. */
  readonly status: number;

  /** `message` is what the server said, and empty where it said nothing. */
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What may be done with the articles of this page's own server. Every failure is an `AdminError`. */
export class AdminClient {
  readonly #token: string;
  readonly #language: string;

  constructor(token: string, language: string) {
    this.#token = token;
    this.#language = language;
  }

  async status(): Promise<AdminStatus> {
    return parseStatus(await this.#send("/status"));
  }

  async files(): Promise<readonly AdminFile[]> {
    return parseFiles(await this.#send("/articles"));
  }

  async upload(file: File, { replace }: { readonly replace: boolean }): Promise<void> {
    const query = new URLSearchParams({ name: file.name, ...(replace && { replace: "1" }) });
    await this.#send(`/articles?${query}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
  }

  async remove({ id, file }: AdminFile): Promise<void> {
    await this.#send(`/articles/${encodeURIComponent(id)}?${new URLSearchParams({ file })}`, {
      method: "DELETE",
    });
  }

  async reindex(): Promise<void> {
    await this.#send("/reindex", { method: "POST" });
  }

  async #send(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${this.#token}`);
    headers.set("accept-language", this.#language);
    let response: Response;
    try {
      response = await fetch(`/api/admin${path}`, { ...init, headers });
    } catch (cause) {
      throw new AdminError(0, "", { cause });
    }
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw new AdminError(response.status, messageOf(body));
    return body;
  }
}

/** The message of `{ error: { message } }`, or nothing. */
function messageOf(body: unknown): string {
  const message = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof message === "string" ? message : "";
}
