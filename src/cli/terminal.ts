import type { Writable } from "node:stream";
import type { Language } from "../errors.ts";
import { ProgressLine } from "./progress-line.ts";

export type Texts = Readonly<Record<Language, string>>;
export type Environment = Readonly<Record<string, string | undefined>>;

export type TerminalOptions = {
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Environment;
};

/** Where a command speaks: results go to stdout, everything said about them to stderr, in the user's language. */
export class Terminal {
  readonly language: Language;
  /** Where what is said goes. */
  readonly stderr: TerminalOptions["stderr"];
  readonly #options: TerminalOptions;
  readonly #stdout: TerminalOptions["stdout"];
  readonly #styled: boolean;

  constructor(options: TerminalOptions) {
    const { stdout, stderr, environment } = options;
    this.language = languageOf(environment);
    this.stderr = stderr;
    this.#options = options;
    this.#stdout = stdout;
    const { NO_COLOR: noColor } = environment;
    this.#styled = stdout.isTTY === true && !noColor;
  }

  /** Whether somebody sees what is said. */
  get isWatched(): boolean {
    return this.stderr.isTTY === true;
  }

  /** The same terminal, but for what is said: that goes to `stderr`. */
  sayingTo(stderr: TerminalOptions["stderr"]): Terminal {
    return new Terminal({ ...this.#options, stderr });
  }

  /** Writes a line of the command's result. */
  print(line: string): void {
    this.#stdout.write(`${line}\n`);
  }

  /** Writes a line about what goes on. */
  say(texts: Texts): void {
    this.stderr.write(`${texts[this.language]}\n`);
  }

  /** Marks a word of the result, where it is read on a terminal. */
  bold(text: string): string {
    return this.#styled ? `\u001b[1m${text}\u001b[22m` : text;
  }

  /** A bar on a terminal, plain lines elsewhere. */
  progress(label: Texts): ProgressLine {
    return new ProgressLine(this.stderr, label[this.language]);
  }
}

/** Chinese, unless the locale is English or none (`C`, `POSIX`). */
function languageOf(environment: Environment): Language {
  const { LC_ALL: all, LC_MESSAGES: messages, LANG: lang } = environment;
  return /^(?:en|C|POSIX)(?![A-Za-z])/.test(all || messages || lang || "zh") ? "en" : "zh";
}
