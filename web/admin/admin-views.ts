import { h, type View } from "../dom/view.ts";
import { icon } from "../views/icon.ts";
import type { AdminWords } from "./admin-words.ts";
import type { AdminFile, AdminStatus } from "./parse-admin.ts";
import type { UploadEntry } from "./upload-queue.ts";

export type SignInOptions = { readonly problem: string; readonly onToken: (token: string) => void };

/** Asks for the token. */
export function signInView(words: AdminWords, { problem, onToken }: SignInOptions): View {
  const submit = (event: Event): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem("token");
    onToken((field as HTMLInputElement).value.trim());
  };
  return h(
    "form",
    { class: "sign-in", key: "sign-in", onSubmit: submit },
    h("label", { class: "label", for: "token" }, words.token),
    h(
      "div",
      { class: "row" },
      h("input", {
        class: "field",
        id: "token",
        name: "token",
        type: "password",
        required: true,
        autocomplete: "current-password",
        "aria-describedby": "token-hint",
      }),
      h("button", { class: "button", type: "submit" }, words.enter),
    ),
    h("p", { class: "hint", id: "token-hint" }, words.tokenHint),
    problem !== "" && h("p", { class: "problem failed", role: "alert" }, problem),
  );
}

/** What goes on, and how far it has come. */
export function statusView(words: AdminWords, status: AdminStatus, onReindex: () => void): View {
  const { state, articles, passages, progress, failure } = status;
  const said = state === "current" ? words.state.current(articles, passages) : words.state[state];
  return h(
    "section",
    { class: "standing", key: "standing" },
    h("p", { class: state === "failed" ? "problem failed" : "", role: "status" }, said),
    state === "failed" && failure && h("p", { class: "detail", lang: "en" }, failure.message),
    state === "indexing" &&
      progress &&
      h(
        "div",
        { class: "progress" },
        h("progress", { max: progress.total, value: progress.done, "aria-label": words.progress }),
        h("span", {}, `${words.stages[progress.stage] ?? ""} ${progress.done} / ${progress.total}`),
      ),
    h("button", { class: "button", type: "button", onClick: onReindex }, icon("retry"), words.reindex),
  );
}

export type UploadOptions = {
  readonly isOver: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onOver: (isOver: boolean) => void;
  readonly onReplace: (entry: UploadEntry) => void;
};

/** Where files are chosen or dropped, and what became of them. */
export function uploadView(words: AdminWords, entries: readonly UploadEntry[], options: UploadOptions): View {
  return h(
    "section",
    { class: "uploads", key: "uploads", "aria-label": words.choose },
    dropArea(words, options),
    entries.length > 0 &&
      h(
        "ul",
        { class: "upload-list", "aria-label": words.uploads, "aria-live": "polite" },
        entries.map((entry) => uploadItem(words, entry, options.onReplace)),
      ),
  );
}

function dropArea(words: AdminWords, { isOver, onFiles, onOver }: UploadOptions): View {
  const chosen = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement;
    onFiles([...(field.files ?? [])]);
    field.value = ""; // the same file may be chosen again
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    onOver(false);
    onFiles([...(event.dataTransfer?.files ?? [])]);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    onOver(true);
  };
  return h(
    "div",
    {
      class: isOver ? "drop-area over" : "drop-area",
      onDragenter: over,
      onDragover: over,
      onDragleave: () => onOver(false),
      onDrop: dropped,
    },
    h("p", {}, words.drop),
    h(
      "label",
      { class: "button choose" },
      h("input", {
        class: "visually-hidden",
        type: "file",
        multiple: true,
        accept: ".txt,.md,text/plain,text/markdown",
        onChange: chosen,
      }),
      icon("plus"),
      words.choose,
    ),
    h("p", { class: "hint" }, words.limit),
  );
}

function uploadItem(words: AdminWords, entry: UploadEntry, onReplace: (entry: UploadEntry) => void): View {
  const { name } = entry.file;
  return h(
    "li",
    { key: entry.key },
    h("span", {}, describeUpload(words, entry)),
    entry.state === "exists" &&
      h(
        "button",
        {
          class: "button",
          type: "button",
          "aria-label": words.replaceFile(name),
          onClick: () => onReplace(entry),
        },
        words.replace,
      ),
  );
}

function describeUpload(words: AdminWords, { file: { name }, state, reason }: UploadEntry): string {
  if (state === "waiting") return words.uploading(name);
  if (state === "sent") return words.uploaded(name);
  if (state === "too-large") return words.refused(name, words.tooLarge);
  return words.refused(name, state === "exists" ? words.exists : reason || words.unreachable);
}

export type FilesOptions = {
  /** The file whose deletion is asked about. */
  readonly confirming: string | undefined;
  readonly onAsk: (file: AdminFile | undefined) => void;
  readonly onRemove: (file: AdminFile) => void;
};

/** Every file, and a way to delete it. */
export function filesView(words: AdminWords, files: readonly AdminFile[], options: FilesOptions): View {
  return h(
    "section",
    { key: "files", tabindex: -1, "aria-labelledby": "files" },
    h("h2", { class: "label", id: "files" }, words.files),
    h("p", { class: "count" }, words.count(files.length)),
    h(
      "ul",
      { class: "file-list" },
      files.map((file) => fileItem(words, file, options)),
    ),
  );
}

function fileItem(words: AdminWords, file: AdminFile, options: FilesOptions): View {
  const name = file.title === "" ? "" : file.file;
  const about = [name, `${Math.ceil(file.bytes / 1024).toLocaleString()} KB`, noteOf(words, file)];
  return h(
    "li",
    { key: file.file },
    h(
      "div",
      { class: "file" },
      file.title === ""
        ? h("span", { class: "name" }, file.file)
        : h("a", { class: "name", lang: "zh", href: `/articles/${encodeURIComponent(file.id)}` }, file.title),
      h("p", { class: "byline" }, about.filter(Boolean).join(" · ")),
    ),
    options.confirming === file.file
      ? confirmation(words, file, options)
      : h(
          "button",
          {
            class: "action",
            type: "button",
            key: "remove",
            "aria-label": words.removeFile(file.file),
            onClick: () => options.onAsk(file),
          },
          icon("close"),
          words.remove,
        ),
  );
}

function noteOf(words: AdminWords, { title, skipped }: AdminFile): string {
  if (skipped !== "") return words.skipped[skipped] ?? words.skippedOtherwise;
  return title === "" ? words.pending : "";
}

function confirmation(words: AdminWords, file: AdminFile, { onAsk, onRemove }: FilesOptions): View {
  const question = words.removeQuestion(file.file);
  const cancelled = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onAsk(undefined);
  };
  return h(
    "div",
    {
      class: "confirmation",
      role: "alertdialog",
      key: "confirmation",
      "aria-label": question,
      onKeydown: cancelled,
    },
    h("p", {}, question),
    h("button", { class: "button keep", type: "button", onClick: () => onAsk(undefined) }, words.keep),
    h("button", { class: "button remove", type: "button", onClick: () => onRemove(file) }, words.remove),
  );
}
