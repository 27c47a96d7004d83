import { parseDate } from "../head/parse-date.ts";
import { SkippedFileError } from "../skipped-file.ts";

/** What may stand between two `---` lines at the head of a Markdown file. */
export type FrontMatter = {
  readonly title?: string;
  readonly source?: string;
  /** ISO date. */
  readonly publishedAt?: string;
  readonly url?: string;
};

const FENCED = /^---[ \t]*\n(?:([\s\S]*?)\n)?---[ \t]*(?:\n|$)/u;
const ENTRY = /^(title|source|publishedAt|url)[ \t]*:[ \t]*(.*)$/u;

/**
 * Splits a Markdown text into its front matter and the rest. Only `key: value` lines of the four known keys are read;
 * other keys are left to the tools they are for. Throws a `SkippedFileError` for a value that cannot be meant.
 */
export function readFrontMatter(markdown: string): { facts: FrontMatter; body: string } {
  const fenced = FENCED.exec(markdown);
  if (!fenced) return { facts: {}, body: markdown };
  const entries = (fenced[1] ?? "").split("\n").flatMap((line) => {
    const [, key, written] = ENTRY.exec(line.trimEnd()) ?? [];
    const value = unquote(written ?? "");
    return key && value ? [[key, value] as const] : [];
  });
  return { facts: checked(Object.fromEntries(entries)), body: markdown.slice(fenced[0].length) };
}

function unquote(written: string): string {
  const [, , quoted] = /^(["'])(.*)\1$/u.exec(written.trim()) ?? [];
  return quoted?.replaceAll('\\"', '"') ?? written.replace(/(?:^|\s)#.*$/u, "").trim();
}

function checked({ publishedAt, url, ...facts }: FrontMatter): FrontMatter {
  const date = publishedAt && parseDate(publishedAt);
  if (publishedAt && !date) {
    throw new SkippedFileError(
      "MALFORMED",
      `Its publishedAt "${publishedAt}" is no date. Write 2021, 2021-06 or 2021-06-30.`,
    );
  }
  if (url && !/^https?:\/\/\S+$/iu.test(url)) {
    throw new SkippedFileError("MALFORMED", `Its url "${url}" is no web address. Write https://….`);
  }
  return { ...facts, ...(date && { publishedAt: date }), ...(url && { url }) };
}
