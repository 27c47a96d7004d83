import { randomBytes } from "node:crypto";
import { link, lstat, realpath, rename, rm, unlink } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { type ArticleFile, listArticleFiles } from "../../corpus/list-article-files.ts";
import { SpokenError } from "../../errors.ts";
import { syncFolder, writeDurably } from "../../indexing/generation/durable-files.ts";
import { RequestError } from "../request-error.ts";

export type StoredFile = ArticleFile & {
  readonly bytes: number;
  /** ISO time. */
  readonly modifiedAt: string;
};

/**
 * The files of a corpus folder, to be added, replaced and removed one after the other. What is read meanwhile is whole: a file is
 * there with all that it holds, or not at all.
 */
export class ArticleFiles {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(corpusFolder: string) {
    this.#folder = corpusFolder;
  }

  /** Every file that is read as an article, by path. */
  async list(): Promise<StoredFile[]> {
    const files = await Promise.all(
      (await listArticleFiles(this.#folder)).map(async (file) => {
        const facts = await lstat(join(this.#folder, file.path)).catch(() => undefined);
        return facts ? [{ ...file, bytes: facts.size, modifiedAt: facts.mtime.toISOString() }] : [];
      }),
    );
    return files.flat();
  }

  /**
   * Writes a file into the folder itself; `name` has been checked. Rejects with the faults `article-exists` and `file-not-plain`, or
   * `ARTICLE_NOT_SAVED` where the folder cannot be written.
   */
  save(
    name: string,
    bytes: Uint8Array,
    { replace }: { readonly replace: boolean },
  ): Promise<ArticleFile & { readonly replaced: boolean }> {
    return this.#inTurn(async () => {
      const target = join(this.#folder, name);
      const there = await lstat(target).catch(ignoreMissing);
      if (there && !there.isFile()) throw new RequestError("file-not-plain");
      if (there && !replace) throw new RequestError("article-exists");
      await this.#put(target, bytes, replace);
      return { ...(await this.#find(({ path }) => path === name)), replaced: there !== undefined };
    });
  }

  /** Removes the file of an article; `path`, where it is given, must be that file's. Rejects like `save`, and with `article-unknown`. */
  remove(id: string, path?: string): Promise<ArticleFile> {
    return this.#inTurn(async () => {
      const found = await this.#find((file) => file.id === id);
      if (path !== undefined && path !== found.path) throw new RequestError("article-renamed");
      if ((await listArticleFiles(this.#folder)).length === 1) throw new RequestError("article-last");
      const target = join(this.#folder, found.path);
      await assertInside(this.#folder, target);
      await unlink(target);
      await syncFolder(dirname(target));
      return found;
    });
  }

  async #find(fits: (file: ArticleFile) => boolean): Promise<ArticleFile> {
    const found = (await listArticleFiles(this.#folder)).find(fits);
    if (!found) throw new RequestError("article-unknown");
    return found;
  }

  /** By a draft beside it, which no reader of the folder looks at; a name that was taken meanwhile is not overwritten. */
  async #put(target: string, bytes: Uint8Array, replace: boolean): Promise<void> {
    const draft = join(this.#folder, `.wenju-upload-${randomBytes(6).toString("hex")}`);
    try {
      await writeDurably(draft, bytes);
      if (replace) await rename(draft, target);
      else await link(draft, target);
      await syncFolder(this.#folder);
    } catch (error) {
      throw codeOf(error) === "EEXIST" ? new RequestError("article-exists", { cause: error }) : error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done.catch((error: unknown) => {
      throw codeOf(error) ? notSaved(error) : error;
    });
  }
}

/** A folder on the way may have become a link since the files were listed, and lead anywhere. */
async function assertInside(folder: string, file: string): Promise<void> {
  const home = await realpath(folder);
  const place = await realpath(dirname(file));
  const isInside = place === home || place.startsWith(home + sep);
  if (!isInside || !(await lstat(file)).isFile()) throw new RequestError("file-not-plain");
}

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== "ENOENT") throw error;
}

/** What the file system calls an error; of our own errors, nothing. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof SpokenError || !(error instanceof Error) || !("code" in error)) return undefined;
  return String(error.code);
}

function notSaved(cause: unknown): SpokenError {
  const code = codeOf(cause);
  return new SpokenError(
    "ARTICLE_NOT_SAVED",
    {
      zh: `文章文件夹不能写入（${code}）。请检查磁盘和权限。`,
      en: `The corpus folder cannot be written (${code}). Check the disk and its permissions.`,
    },
    { cause },
  );
}
