import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { SpokenError } from "../errors.ts";

/** What a reader thinks of an answer. */
export type Feedback = {
  readonly answerId: string;
  readonly question: string;
  readonly rating: "up" | "down";
  readonly remark?: string | undefined;
};

/** Bytes: what a person reads through, and no disk notices. */
const LONGEST_LOG = 64 * 1024 * 1024;

/** An append-only file of one JSON object a line. It holds what was said and when, and nothing of who said it. */
export class FeedbackLog {
  readonly #file: string;
  #last: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** One line after the other. Rejects with `FEEDBACK_NOT_SAVED` where the file cannot be written, or is full. */
  append(feedback: Feedback): Promise<void> {
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...feedback })}\n`;
    const written = this.#last.then(() => appendLine(this.#file, line));
    this.#last = written.catch(() => undefined);
    return written.catch((cause: unknown) => {
      throw notSaved(this.#file, cause);
    });
  }
}

async function appendLine(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "a+", 0o600);
  try {
    const { size } = await file.stat();
    if (size + line.length > LONGEST_LOG) throw new Error(`It is full: ${size} bytes.`);
    await file.appendFile((await isTorn(file, size)) ? `\n${line}` : line);
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

function notSaved(file: string, cause: unknown): SpokenError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SpokenError(
    "FEEDBACK_NOT_SAVED",
    {
      zh: `评价不能写入 ${file}：${reason}`,
      en: `Feedback cannot be written to ${file}: ${reason}`,
    },
    { cause },
  );
}
