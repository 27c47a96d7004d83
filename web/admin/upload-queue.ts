import { AdminError } from "./admin-client.ts";

/** What became of a chosen file. */
export type UploadEntry = {
  readonly key: number;
  readonly file: File;
  readonly state: "waiting" | "sent" | "exists" | "too-large" | "refused";
  /** What the server said of a refusal. */
  readonly reason: string;
};

/** Bytes; the server takes no more. */
const LARGEST = 2 * 1024 * 1024;

type Send = (file: File, options: { readonly replace: boolean }) => Promise<void>;

/** Sends chosen files one after the other, and keeps what became of each. */
export class UploadQueue {
  readonly #send: Send;
  readonly #changed: () => void;
  #entries: readonly UploadEntry[] = [];
  #last: Promise<void> = Promise.resolve();
  #keys = 0;

  constructor(send: Send, changed: () => void) {
    this.#send = send;
    this.#changed = changed;
  }

  get entries(): readonly UploadEntry[] {
    return this.#entries;
  }

  /** Resolves once all of them have been sent or refused. */
  add(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      const entry: UploadEntry = { key: ++this.#keys, file, state: "waiting", reason: "" };
      this.#entries = [entry, ...this.#entries.filter((each) => each.file.name !== file.name)];
      this.#schedule(entry, false);
    }
    this.#changed();
    return this.#last;
  }

  /** Sends one again whose name was taken, and overwrites what has the name. */
  replace(entry: UploadEntry): Promise<void> {
    this.#set(entry, "waiting");
    this.#schedule(entry, true);
    return this.#last;
  }

  #schedule(entry: UploadEntry, replace: boolean): void {
    this.#last = this.#last.then(() => this.#attempt(entry, replace));
  }

  async #attempt(entry: UploadEntry, replace: boolean): Promise<void> {
    if (entry.file.size > LARGEST) return this.#set(entry, "too-large");
    try {
      await this.#send(entry.file, { replace });
      this.#set(entry, "sent");
    } catch (error) {
      const { status, message } = error instanceof AdminError ? error : new AdminError(0, "");
      this.#set(entry, status === 409 && !replace ? "exists" : "refused", message);
    }
  }

  #set({ key }: UploadEntry, state: UploadEntry["state"], reason = ""): void {
    this.#entries = this.#entries.map((each) => (each.key === key ? { ...each, state, reason } : each));
    this.#changed();
  }
}
