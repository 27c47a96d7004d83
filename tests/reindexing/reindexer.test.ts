import { describe, expect, it, onTestFinished } from "vitest";
import { WenjuError } from "../../src/errors.ts";
import type { IndexReport } from "../../src/indexing/build-index.ts";
import { LiveChatbot } from "../../src/live-chatbot.ts";
import type { IndexedCorpus } from "../../src/open-chatbot.ts";
import { Reindexer, type ReindexerParts } from "../../src/reindexing/reindexer.ts";
import type { ReindexStatus } from "../../src/server/admin/reindexing.ts";
import { deferred } from "../support/deferred.ts";
import { chatbotThat } from "../support/servers/served-chatbot.ts";

const edition = (generation: string) => ({
  chatbot: chatbotThat(),
  suggestions: [],
  generation,
  passages: 1,
});

const report = (generation: string, facts: Partial<IndexReport> = {}): IndexReport => ({
  articles: 2,
  skipped: [],
  passages: 1,
  sentences: 1,
  embedded: 0,
  reused: 1,
  seconds: 0.1,
  generation,
  upToDate: false,
  ...facts,
});

const indexed = (generation: string, facts?: Partial<IndexReport>): IndexedCorpus => ({
  report: report(generation, facts),
  calibration: { threshold: 0, outside: { questions: 1, refused: 1 }, inside: { questions: 1, refused: 0 } },
  suggestions: [],
});

function reindexerThat(parts: Partial<ReindexerParts> & Pick<ReindexerParts, "index">) {
  const live = new LiveChatbot(edition("first"));
  const failures: unknown[] = [];
  const seenThen: { generation: string | undefined; status: ReindexStatus }[] = [];
  const reports: unknown[] = [];
  const reindexer: Reindexer = new Reindexer({
    live,
    open: async ({ report }) => edition(report.generation),
    onFailure: (error) => {
      failures.push(error);
      seenThen.push({ generation: live.current.generation, status: reindexer.status });
    },
    onReport: ({ generation, upToDate }, { replaced }) => reports.push({ generation, upToDate, replaced }),
    retryMs: 5,
    ...parts,
  });
  onTestFinished(() => reindexer.close());
  return { live, reindexer, failures, seenThen, reports };
}

const whenState = (reindexer: Reindexer, state: string) =>
  expect.poll(() => reindexer.status.state, { timeout: 5_000 }).toBe(state);

describe("indexing anew while questions are answered", () => {
  it("puts the new edition in place, and says what came of it", async () => {
    const { live, reindexer, reports } = reindexerThat({
      index: async ({ onProgress }) => {
        onProgress?.({ stage: "embedding", done: 1, total: 2 });
        expect(reindexer.status).toMatchObject({ state: "indexing", progress: { done: 1, total: 2 } });
        return indexed("second", { embedded: 3 });
      },
    });
    reindexer.request();
    await whenState(reindexer, "current");
    expect(live.current.generation).toBe("second");
    expect(reindexer.status.report).toMatchObject({ generation: "second", embedded: 3 });
    expect(reindexer.status).not.toHaveProperty("progress");
    expect(reports).toEqual([{ generation: "second", upToDate: false, replaced: true }]);
  });

  it("opens nothing where nothing has changed", async () => {
    const { live, reindexer, reports } = reindexerThat({
      index: async () => indexed("first", { upToDate: true }),
      open: async () => {
        throw new Error("It was opened.");
      },
    });
    const before = live.current;
    reindexer.request();
    await whenState(reindexer, "current");
    expect(live.current).toBe(before);
    expect(reports).toEqual([{ generation: "first", upToDate: true, replaced: false }]);
    expect(reindexer.status.report?.upToDate).toBe(true);
  });

  it("opens what another process has indexed meanwhile", async () => {
    const { live, reindexer, reports } = reindexerThat({
      index: async () => indexed("theirs", { upToDate: true }),
    });
    reindexer.request();
    await whenState(reindexer, "current");
    expect(live.current.generation).toBe("theirs");
    expect(reports).toEqual([{ generation: "theirs", upToDate: true, replaced: true }]);
  });

  it("runs once at a time, and once more for all that was asked meanwhile", async () => {
    const goOn = deferred();
    let runs = 0;
    let atOnce = 0;
    const { reindexer } = reindexerThat({
      index: async () => {
        expect(++atOnce).toBe(1);
        runs++;
        await goOn.promise;
        atOnce--;
        return indexed(`generation-${runs}`);
      },
    });
    for (let i = 0; i < 20; i++) reindexer.request();
    await whenState(reindexer, "indexing");
    for (let i = 0; i < 20; i++) reindexer.request();
    goOn.resolve();
    await expect.poll(() => reindexer.status.report?.generation).toBe("generation-2");
    expect(runs).toBe(2);
  });

  it.each([
    ["the disk is full", new WenjuError("INDEX_NOT_WRITABLE", "The disk is full."), "INDEX_NOT_WRITABLE"],
    ["the model has died", new WenjuError("EMBEDDING_FAILED", "It died."), "EMBEDDING_FAILED"],
    ["something else is wrong", new TypeError("Not a function."), "INTERNAL"],
  ])(
    "keeps the old edition where %s, says so, and tries again until it works",
    async (_what, error, code) => {
      let tries = 0;
      const { live, reindexer, failures, seenThen } = reindexerThat({
        index: async () => {
          if (++tries < 4) throw error;
          return indexed("second");
        },
      });
      reindexer.request();
      await expect.poll(() => live.current.generation, { timeout: 5_000 }).toBe("second");
      await whenState(reindexer, "current");
      expect(failures).toEqual([error, error, error]);
      for (const { generation, status } of seenThen) {
        expect(generation).toBe("first");
        expect(status).toMatchObject({ state: "failed", failure: { code, message: error.message } });
      }
      expect(reindexer.status.failure).toBeUndefined();
    },
  );

  it("keeps the old edition where the new one cannot be opened", async () => {
    let opened = 0;
    const { live, reindexer, seenThen } = reindexerThat({
      index: async () => indexed("second"),
      open: async () => {
        if (++opened === 1) throw new WenjuError("INDEX_CORRUPT", "A bit has flipped.");
        return edition("second");
      },
    });
    reindexer.request();
    await expect.poll(() => live.current.generation).toBe("second");
    expect(seenThen).toMatchObject([{ generation: "first", status: { failure: { code: "INDEX_CORRUPT" } } }]);
  });

  it("tries at once where something changes before the next try", async () => {
    let tries = 0;
    const { live, reindexer } = reindexerThat({
      retryMs: 600_000,
      index: async () => {
        if (++tries === 1) throw new Error("Not yet.");
        return indexed("second");
      },
    });
    reindexer.request();
    await whenState(reindexer, "failed");
    reindexer.request();
    await expect.poll(() => live.current.generation).toBe("second");
  });

  it("stops with the server: a run is aborted, and nothing follows", async () => {
    let aborted = false;
    const { live, reindexer, failures } = reindexerThat({
      index: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            aborted = true;
            reject(new WenjuError("ABORTED", "Aborted."));
          });
        }),
    });
    reindexer.request();
    await whenState(reindexer, "indexing");
    await reindexer.close();
    reindexer.request();
    expect([aborted, failures, live.current.generation]).toEqual([true, [], "first"]);
  });
});
