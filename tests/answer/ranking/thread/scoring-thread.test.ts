import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CorpusVectors, Scorer } from "../../../../src/answer/ranking/scoring/scoring-task.ts";
import { ScoringThread } from "../../../../src/answer/ranking/thread/scoring-thread.ts";
import { EvidenceWeigher } from "../../../../src/answer/ranking/weigh-evidence.ts";
import { KeywordRetriever } from "../../../../src/retrieve/keyword-retriever.ts";
import { type InventedIndex, openInventedIndex } from "../../../support/indexes/invented-index.ts";

const QUESTIONS = ["澄江市博物馆建于哪一年？", "望仙桥有多长？", "公司有多少员工？", "白鹭河流经哪里？"];

let invented: InventedIndex;
let here: EvidenceWeigher;
beforeAll(async () => {
  invented = await openInventedIndex();
  here = new EvidenceWeigher(invented);
});
afterAll(() => invented.close());

describe("a thread that scores sentences", () => {
  let thread: ScoringThread;
  beforeEach(() => {
    thread = new ScoringThread();
  });
  afterEach(() => thread.close());

  it("scores as the thread that asks would, also what it was sent before", async () => {
    const there = weigherOn(thread);
    for (const question of [...QUESTIONS, ...QUESTIONS]) await expectSame(there, question);
    expect(thread.deaths).toBe(0);
  });

  it("scores for several corpora, and for several questions at once", async () => {
    const [one, another] = [weigherOn(thread), weigherOn(thread)];
    await Promise.all(
      QUESTIONS.flatMap((question) => [expectSame(one, question), expectSame(another, question)]),
    );
    expect(thread.deaths).toBe(0);
  });

  it("lets nobody down who waits when it ends, and is started again by the next one", async () => {
    let ending = false;
    const openScorer = (vectors: CorpusVectors): Scorer => {
      const scorer = thread.openScorer(vectors);
      return {
        score: (task) => {
          const scores = scorer.score(task);
          if (ending) void thread.close();
          return scores;
        },
      };
    };
    const there = new EvidenceWeigher({ ...invented, openScorer });
    await expectSame(there, QUESTIONS[0]!);
    ending = true;
    await expectSame(there, QUESTIONS[1]!);
    expect(thread.isRunning).toBe(false);
    ending = false;
    for (const question of QUESTIONS) await expectSame(there, question);
    expect(thread.isRunning).toBe(true);
  });
});

describe("a thread that cannot run", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "wenju-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is given up after a few deaths; all are answered meanwhile", async () => {
    const file = join(folder, "worker.mjs");
    await writeFile(file, "throw new Error('no');");
    const thread = new ScoringThread(file);
    const there = weigherOn(thread);
    for (let i = 0; i < 8; i++) await expectSame(there, QUESTIONS[i % QUESTIONS.length]!);
    expect(thread.deaths).toBe(5);
    expect(thread.isRunning).toBe(false);
  });

  it("is done without where its file is missing", async () => {
    await expectSame(weigherOn(new ScoringThread(join(folder, "gone.mjs"))), QUESTIONS[0]!);
  });
});

function weigherOn(thread: ScoringThread): EvidenceWeigher {
  return new EvidenceWeigher({ ...invented, openScorer: (vectors) => thread.openScorer(vectors) });
}

async function expectSame(weigher: EvidenceWeigher, question: string): Promise<void> {
  const hits = await new KeywordRetriever(invented.index).retrieve(question);
  expect(hits.length).toBeGreaterThan(0);
  const [expected, made] = await Promise.all([here.weigh(question, hits), weigher.weigh(question, hits)]);
  expect(made).toEqual(expected);
}
