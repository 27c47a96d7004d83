import { AdminClient, AdminError } from "../admin/admin-client.ts";
import { filesView, signInView, statusView, uploadView } from "../admin/admin-views.ts";
import { type AdminWords, adminWords } from "../admin/admin-words.ts";
import type { AdminFile, AdminStatus } from "../admin/parse-admin.ts";
import { UploadQueue } from "../admin/upload-queue.ts";
import { h, type View } from "../dom/view.ts";
import { masthead } from "./masthead.ts";
import { WenjuPage } from "./wenju-page.ts";

/** Of this tab, until it is closed. */
const TOKEN_KEY = "wenju:admin-token";

/** Milliseconds between two looks at what goes on: while something does, and else. */
const LOOK_SOON = 1_000;
const LOOK_LATER = 5_000;

/** Where articles are added and deleted, `/admin`. */
export class AdminPage extends WenjuPage {
  #token = sessionStorage.getItem(TOKEN_KEY) ?? "";
  #status: AdminStatus | undefined;
  #files: readonly AdminFile[] = [];
  #problem = "";
  #announcement = "";
  #confirming: string | undefined;
  #isOver = false;
  #timer = 0;
  readonly #uploads = new UploadQueue(
    (file, options) => this.#client.upload(file, options),
    () => this.requestUpdate(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#token !== "") void this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override pageTitle(): string {
    return `${this.#words.heading} · ${this.words.productName}`;
  }

  protected override view(): View {
    return [
      masthead(this.words, { onLanguage: this.onLanguage, onTheme: this.onTheme }),
      h(
        "main",
        { class: "list-page admin", tabindex: -1 },
        h("h1", {}, this.#words.heading),
        this.#content(),
        h("p", { class: "visually-hidden", role: "status", key: "announcement" }, this.#announcement),
      ),
    ];
  }

  #content(): View {
    const words = this.#words;
    if (this.#token === "") {
      return signInView(words, { problem: this.#problem, onToken: (token) => void this.#enter(token) });
    }
    const status = this.#status;
    if (!status) {
      return this.#problem === ""
        ? h("p", { class: "waiting", role: "status" }, h("span", { class: "dots" }))
        : h("p", { class: "problem failed", role: "alert" }, this.#problem);
    }
    return [
      this.#problem !== "" && h("p", { class: "problem failed", role: "alert" }, this.#problem),
      statusView(words, status, () => void this.#do(() => this.#client.reindex())),
      uploadView(words, this.#uploads.entries, {
        isOver: this.#isOver,
        onOver: (isOver) => this.#set(() => (this.#isOver = isOver)),
        onFiles: (files) => void this.#uploads.add(files).then(() => this.#look()),
        onReplace: (entry) => void this.#uploads.replace(entry).then(() => this.#look()),
      }),
      filesView(words, this.#files, {
        confirming: this.#confirming,
        onAsk: (file) => this.#ask(file),
        onRemove: (file) => void this.#remove(file),
      }),
      h("button", { class: "action", type: "button", onClick: () => this.#leave() }, words.leave),
    ];
  }

  get #words(): AdminWords {
    return adminWords(this.words.tag);
  }

  get #client(): AdminClient {
    return new AdminClient(this.#token, this.words.tag);
  }

  #set(change: () => void): void {
    change();
    this.requestUpdate();
  }

  async #enter(token: string): Promise<void> {
    this.#token = token;
    this.#problem = "";
    sessionStorage.setItem(TOKEN_KEY, token);
    await this.#look();
  }

  #leave(problem = ""): void {
    clearTimeout(this.#timer);
    sessionStorage.removeItem(TOKEN_KEY);
    this.#set(() => {
      this.#token = "";
      this.#status = undefined;
      this.#files = [];
      this.#problem = problem;
    });
  }

  /** Moves the focus to the gentler answer, and back to where it was asked. */
  #ask(file: AdminFile | undefined): void {
    const before = this.#confirming;
    this.#set(() => (this.#confirming = file?.file));
    void this.updateComplete.then(() => {
      if (file) this.querySelector<HTMLElement>(".confirmation .keep")?.focus();
      else if (before !== undefined) this.#removeButton(before)?.focus();
    });
  }

  #removeButton(file: string): HTMLElement | undefined {
    const label = this.#words.removeFile(file);
    const buttons = this.querySelectorAll<HTMLElement>(".file-list .action");
    return [...buttons].find((button) => button.getAttribute("aria-label") === label);
  }

  async #remove(file: AdminFile): Promise<void> {
    this.#confirming = undefined;
    await this.#do(async () => {
      await this.#client.remove(file);
      this.#announcement = this.#words.removed(file.file);
    });
  }

  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#problem = "";
    } catch (error) {
      this.#complain(error);
      return;
    }
    await this.#look();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    const token = this.#token;
    try {
      const [status, files] = await Promise.all([this.#client.status(), this.#client.files()]);
      if (token !== this.#token) return;
      this.#set(() => {
        this.#status = status;
        this.#files = files;
      });
    } catch (error) {
      if (token === this.#token) this.#complain(error);
    }
    if (this.#token === "" || !this.isConnected) return;
    clearTimeout(this.#timer);
    const isBusy = this.#status?.state !== "current";
    this.#timer = window.setTimeout(() => void this.#look(), isBusy ? LOOK_SOON : LOOK_LATER);
  }

  #complain(error: unknown): void {
    const { status, message } = error instanceof AdminError ? error : new AdminError(-1, "");
    if (status === 401) this.#leave(this.#words.wrongToken);
    else if (status === 429) this.#leave(message);
    else {
      this.#set(() => {
        this.#problem = status === 0 ? this.#words.unreachable : message || this.#words.failed;
      });
    }
  }
}

customElements.define("wenju-admin-page", AdminPage);
