import { fork } from "node:child_process";
import { once } from "node:events";
import { chmod, open, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Journal, type JournalOptions } from "../../src/server/journal/journal.ts";
import { UnansweredLog } from "../../src/server/journal/unanswered-log.ts";
import { folderWith } from "../support/servers/served-chatbot.ts";

const DAY = 24 * 60 * 60 * 1000;
const SUBJECT = { code: "QUESTION_NOT_SAVED", zh: "问题", en: "A question" } as const;

describe("a journal that keeps its lines for some days", () => {
  it("drops older lines, and lines that nobody can date", async () => {
    const { journal, file, lines } = await journalOf(
      [
        old("甲"),
        "not json",
        '{"question":"乙"}',
        young("丙"),
        '{"at":"gestern","question":"丁"}',
        young("戊"),
      ],
      { keepDays: 90 },
    );
    await journal.prune();
    expect((await lines()).map(({ question }) => question)).toEqual(["丙", "戊"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("drops a line on the day after its last one, not before", async () => {
    const { journal, lines } = await journalOf([young("甲")], { keepDays: 2 });
    await journal.prune(Date.now() + 1.5 * DAY);
    expect(await lines()).toHaveLength(1);
    await journal.prune(Date.now() + 2.5 * DAY);
    expect(await lines()).toEqual([]);
  });

  it("leaves the file as it is where nothing is old", async () => {
    const { journal, file } = await journalOf([young("甲"), young("乙")], { keepDays: 90 });
    const { ino } = await stat(file);
    await journal.prune();
    expect((await stat(file)).ino).toBe(ino);
    expect(await readdir(join(file, ".."))).toEqual(["journal.jsonl"]);
  });

  it("keeps all where no number of days is given", async () => {
    const { journal, lines } = await journalOf([old("甲"), "not json"], {});
    await journal.prune();
    expect(await lines({ raw: true })).toHaveLength(2);
  });

  it("loses nothing that it is given while it drops old lines", async () => {
    const { journal, lines } = await journalOf(
      Array.from({ length: 5_000 }, () => old("旧")),
      { keepDays: 90 },
    );
    const pruned = journal.prune();
    const appended = Array.from({ length: 200 }, (_, i) => journal.append({ question: `新${i}` }));
    await Promise.all([pruned, ...appended]);
    expect((await lines()).map(({ question }) => question)).toEqual(appended.map((_, i) => `新${i}`));
  });

  it("loses nothing that another process appends while it drops old lines again and again", async () => {
    const { journal, file, lines } = await journalOf([], { keepDays: 90 });
    const writer = fork(new URL("../support/append-lines.mjs", import.meta.url), [file, "400"], {
      execArgv: [],
    });
    onTestFinished(() => void writer.kill("SIGKILL"));
    let writing = true;
    const ended = once(writer, "exit").then(([code]) => {
      writing = false;
      return code;
    });
    const prunes: Promise<void>[] = [];
    while (writing) {
      await new Journal(file, SUBJECT).append({ at: new Date(Date.now() - 100 * DAY), question: "旧" });
      prunes.push(journal.prune());
      await prunes.at(-2);
    }
    await Promise.all(prunes);
    await journal.prune();
    expect(await ended).toBe(0);
    const written = (await lines()).map(({ question }) => question);
    expect(written.filter((question) => question === "旧")).toEqual([]);
    expect(new Set(written)).toEqual(new Set(Array.from({ length: 400 }, (_, i) => `${i}`)));
    expect(written).toHaveLength(400);
  });

  it("takes over what was written to the old file by one who had opened it", async () => {
    const { journal, file, lines } = await journalOf([old("甲"), young("乙")], { keepDays: 90 });
    const slow = await open(file, "a");
    const { ino } = await stat(file);
    const pruned = journal.prune();
    await vi.waitUntil(async () => (await stat(file)).ino !== ino);
    await slow.appendFile(`${young("丙")}\n`);
    await slow.close();
    await journal.append({ question: "丁" });
    await pruned;
    expect((await lines()).map(({ question }) => question).sort()).toEqual(["丁", "丙", "乙"].sort());
  });

  it("goes on where a process was killed while it dropped lines", async () => {
    const { journal, file, lines } = await journalOf([old("甲"), young("乙")], { keepDays: 90 });
    await writeFile(`${file}.draft`, "half a li");
    await journal.prune();
    expect(await lines(), "another process may be at it").toHaveLength(2);
    await utimes(`${file}.draft`, new Date(0), new Date(0));
    await journal.prune();
    expect((await lines()).map(({ question }) => question)).toEqual(["乙"]);
    expect(await readdir(join(file, ".."))).toEqual(["journal.jsonl"]);
  });

  it("takes over half a line that is being written, and does not count it as undatable", async () => {
    const { journal, file, lines } = await journalOf([old("甲")], { keepDays: 90 });
    await writeFile(file, young("乙").slice(0, 20), { flag: "a" });
    const pruned = journal.prune();
    await pruned;
    expect(await readFile(file, "utf8")).toBe(young("乙").slice(0, 20));
    await journal.append({ question: "丙" });
    expect((await lines({ raw: true })).at(-1)).toContain("丙");
  });

  it("keeps nothing for 0 days, and removes what was kept before", async () => {
    const { journal, file } = await journalOf([young("甲")], { keepDays: 0 });
    await journal.append({ question: "乙" });
    await journal.prune();
    expect(await readdir(join(file, ".."))).toEqual([]);
  });

  it("tidies when it is told to begin, and ends what it began when it is closed", async () => {
    const { journal, lines } = await journalOf([old("甲"), young("乙")], { keepDays: 90 });
    const failures: unknown[] = [];
    journal.keepTidy((error) => failures.push(error));
    await journal.close();
    expect((await lines()).map(({ question }) => question)).toEqual(["乙"]);
    expect(failures).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("says why it cannot drop lines, and goes on appending", async () => {
    const { journal, file, lines } = await journalOf([old("甲")], { keepDays: 90 });
    await chmod(join(file, ".."), 0o500);
    onTestFinished(() => chmod(join(file, ".."), 0o700));
    await expect(journal.prune()).rejects.toMatchObject({ code: "QUESTION_NOT_SAVED" });
    await journal.append({ question: "乙" });
    expect(await lines()).toHaveLength(2);
  });
});

describe("the log of unanswered questions", () => {
  it("says in which file a question could not be kept", async () => {
    const folder = await folderWith({ file: "" });
    const log = new UnansweredLog(join(folder, "file", "unanswered.jsonl"));
    await expect(log.append({ question: "火星多大？", articles: [] })).rejects.toMatchObject({
      code: "QUESTION_NOT_SAVED",
      texts: {
        zh: expect.stringContaining("unanswered.jsonl"),
        en: expect.stringContaining("unanswered.jsonl"),
      },
      message: expect.not.stringContaining("火星"),
    });
  });
});

type Line = { readonly at: string; readonly question: string };

async function journalOf(before: readonly string[], options: JournalOptions) {
  const folder = await folderWith(
    before.length > 0 ? { "journal.jsonl": before.map((line) => `${line}\n`).join("") } : {},
  );
  const file = join(folder, "journal.jsonl");
  const journal = new Journal<{ question: string }>(file, SUBJECT, options);
  onTestFinished(() => journal.close());
  async function lines(how: { raw: true }): Promise<string[]>;
  async function lines(): Promise<Line[]>;
  async function lines({ raw = false } = {}): Promise<(string | Line)[]> {
    const rows = (await readFile(file, "utf8")).split("\n").filter(Boolean);
    return raw ? rows : rows.map((row) => JSON.parse(row));
  }
  return { journal, file, lines };
}

function young(question: string): string {
  return JSON.stringify({ at: new Date().toISOString(), question });
}

function old(question: string): string {
  return JSON.stringify({ at: new Date(Date.now() - 91 * DAY).toISOString(), question });
}
