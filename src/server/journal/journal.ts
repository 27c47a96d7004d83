import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { type Language, SpokenError, type WenjuErrorCode } from "../../errors.ts";
import { dropOldLines, type LateLines } from "./drop-old-lines.ts";

export type JournalOptions = {
  /** Days that a line is kept. 0 keeps nothing; without a number all is kept. */
  readonly keepDays?: number | undefined;
};

/** What a journal is of, for the error that says that it cannot be written. */
type Subject = { readonly code: WenjuErrorCode } & Readonly<Record<Language, string>>;

/** Bytes: what a person reads through, and no disk notices. */
export const LONGEST_JOURNAL = 64 * 1024 * 1024;

/** Milliseconds. */
const DAY = 24 * 60 * 60 * 1000;

/**
 * An append-only file of one JSON object a line, each with the time it was written at. It holds what was said and when, and nothing of
 * who said it; only the user of this process may read it.
 */
export class Journal<Entry extends object> {
  readonly #file: string;
  readonly #subject: Subject;
  readonly #keepDays: number;
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #pruning: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, subject: Subject, { keepDays = Infinity }: JournalOptions = {}) {
    this.#file = file;
    this.#subject = subject;
    this.#keepDays = keepDays;
  }

  /** One line after the other. Rejects with the subject's code where the file cannot be written, or is full. */
  async append(entry: Entry): Promise<void> {
    if (this.#keepDays === 0) return;
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`;
    await this.#inTurn(() => appendLines(this.#file, line));
  }

  /** Drops what is too old, now and once a day until `close`. `onFailure` hears why that failed; appending goes on all the same. */
  keepTidy(onFailure: (error: unknown) => void): void {
    if (this.#keepDays === Infinity) return;
    const tidy = () => {
      this.#pruning = this.prune().catch(onFailure);
    };
    tidy();
    this.#timer = setInterval(tidy, DAY).unref();
  }

  /** Drops the lines older than `keepDays`. What others append meanwhile, here or in another process, stays. */
  async prune(now = Date.now()): Promise<void> {
    if (this.#keepDays === Infinity) return;
    if (this.#keepDays === 0) return this.#inTurn(() => rm(this.#file, { force: true }));
    const late = await this.#inTurn(() => dropOldLines(this.#file, now - this.#keepDays * DAY));
    if (late) await this.#takeOver(late);
  }

  /** Ends the daily tidying; one that runs is finished first. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.#pruning;
    await this.#last;
  }

  async #takeOver(late: LateLines): Promise<void> {
    try {
      const lines = await late.read(this.#closing.signal);
      if (lines !== "") await this.#inTurn(() => appendLines(this.#file, lines));
    } finally {
      await late.close();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done.catch((cause: unknown) => {
      throw notWritten(this.#file, this.#subject, cause);
    });
  }
}

async function appendLines(path: string, lines: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    if (size + Buffer.byteLength(lines) > LONGEST_JOURNAL) throw new Error(`It is full: ${size} bytes.`);
    await file.appendFile((await isTorn(file, size)) ? `\n${lines}` : lines);
  } finally {
    await file.close();
  }
}

/** A full disk leaves half a line behind: the next one must not grow onto it. */
async function isTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

function notWritten(file: string, { code, zh, en }: Subject, cause: unknown): SpokenError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpokenError(
    code,
    { zh: `${zh}不能写入 ${file}：${reason}`, en: `${en} cannot be written to ${file}: ${reason}` },
    { cause },
  );
}
