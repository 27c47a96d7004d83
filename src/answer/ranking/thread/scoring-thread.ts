import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { ByteVectors } from "../../../indexing/vectors/byte-vectors.ts";
import type { CorpusVectors, Scorer, ScoringTask } from "../scoring/scoring-task.ts";
import { SentenceScorer } from "../scoring/sentence-scorer.ts";
import type { ScoringReply, ScoringRequest, SentTask } from "./scoring-messages.ts";

type Waiting = {
  readonly resolve: (scores: Float64Array) => void;
  readonly reject: (error: Error) => void;
};

/** For what lasts as long as a question: Node's 48 MB would all be filled before they are cleared, and answer no sooner. */
const YOUNG_MB = 16;

/** After so many deaths without a score between them it is not started again: what it dies of comes back. */
const MOST_DEATHS = 5;

/**
 * A thread that scores sentences, half of a question's work: a server with a second processor answers others meanwhile. Where the
 * thread dies, whoever waits for it scores without it, and the next one starts it again.
 */
export class ScoringThread {
  readonly #waiting = new Map<number, Waiting>();
  readonly #leaving = new FinalizationRegistry<number>((corpus) => {
    this.#worker?.postMessage({ type: "close", corpus } satisfies ScoringRequest);
  });
  readonly #file: string | undefined;
  #worker: Worker | undefined;
  #starts = 0;
  #deaths = 0;
  #deathsSinceScore = 0;
  #tasks = 0;
  #corpora = 0;

  /** Nothing is started yet. `file` is the compiled worker. */
  constructor(file?: string) {
    this.#file = file;
  }

  /** How often it ended by itself. */
  get deaths(): number {
    return this.#deaths;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** What scores the sentences of one corpus. Once that is gone, the thread forgets the corpus. */
  openScorer(vectors: CorpusVectors): Scorer {
    const corpus = ++this.#corpora;
    const scorer = new ThreadedScorer(this, corpus, vectors);
    this.#leaving.register(scorer, corpus);
    return scorer;
  }

  /** Makes sure that it runs; gives how often it was started: one that was started again knows nothing. Throws where it cannot run. */
  start(): number {
    if (this.#worker) return this.#starts;
    if (this.#deathsSinceScore >= MOST_DEATHS) throw new Error("The scoring thread dies every time.");
    // the compiled file, also for code that runs from `src/`; a debugger's or a test runner's flags are not for it
    const file = this.#file ?? createRequire(import.meta.url).resolve("#scoring-worker");
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(file, { execArgv: [], resourceLimits });
    worker.unref(); // whoever waits for an answer has a connection, which keeps the process alive
    worker.on("message", (reply: ScoringReply) => this.#settle(reply));
    worker.on("error", (error) => this.#die(worker, error));
    worker.on("exit", (code) => this.#die(worker, new Error(`The scoring thread ended with ${code}.`)));
    this.#worker = worker;
    return ++this.#starts;
  }

  /** Sends what needs no answer. What is in `handedOver` is gone here afterwards. Throws like `start`. */
  send(request: Exclude<ScoringRequest, { type: "score" }>, handedOver: readonly ArrayBuffer[] = []): void {
    this.start();
    this.#worker?.postMessage(request, handedOver);
  }

  /** Rejects where the thread died or could not score. */
  score(corpus: number, task: SentTask): Promise<Float64Array> {
    const id = ++this.#tasks;
    return new Promise((resolve, reject) => {
      this.start();
      this.#worker?.postMessage({ type: "score", corpus, id, ...task } satisfies ScoringRequest);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** Ends the thread. It is started again where it is needed after all. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#letGo(new Error("The scoring thread was closed."));
    await worker?.terminate();
  }

  #settle(reply: ScoringReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    this.#deathsSinceScore = 0;
    if ("scores" in reply) waiting?.resolve(reply.scores);
    else waiting?.reject(new Error(reply.reason));
  }

  /** An error is followed by the exit, and a thread that was closed may end while another one runs. */
  #die(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#deaths += 1;
    this.#deathsSinceScore += 1;
    this.#letGo(error);
  }

  #letGo(error: Error): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** Passages and articles that the thread keeps of a corpus; with one more it forgets them all, and is sent anew what is asked for. */
const MOST_SENT = 2_000;

class ThreadedScorer implements Scorer {
  readonly #thread: ScoringThread;
  readonly #corpus: number;
  readonly #vectors: CorpusVectors;
  readonly #sent = { passages: new Set<string>(), articles: new Set<string>() };
  #own: SentenceScorer | undefined;
  /** Which start of the thread the corpus was opened in. */
  #openedIn = 0;

  constructor(thread: ScoringThread, corpus: number, vectors: CorpusVectors) {
    this.#thread = thread;
    this.#corpus = corpus;
    this.#vectors = vectors;
  }

  async score(task: ScoringTask): Promise<Float64Array> {
    try {
      this.#open();
      return await this.#thread.score(this.#corpus, this.#toSend(task));
    } catch {
      return this.#scoreHere(task);
    }
  }

  #scoreHere(task: ScoringTask): Float64Array {
    this.#own ??= new SentenceScorer(this.#vectors);
    return this.#own.score(task);
  }

  #open(): void {
    const start = this.#thread.start();
    if (this.#openedIn === start) return;
    this.#openedIn = start;
    this.#forget();
    const sentences = copyOf(this.#vectors.sentences);
    const words = copyOf(this.#vectors.words);
    this.#thread.send({ type: "open", corpus: this.#corpus, sentences, words }, [
      sentences.bytes.buffer,
      words.bytes.buffer,
    ]);
  }

  #toSend({ question, meaning, passages }: ScoringTask): SentTask {
    const { passages: sentPassages, articles: sentArticles } = this.#sent;
    if (sentPassages.size + passages.length > MOST_SENT) {
      this.#forget();
      this.#thread.send({ type: "forget", corpus: this.#corpus });
    }
    const fresh = passages.filter(({ passage }) => isAdded(sentPassages, passage.id));
    return {
      question,
      meaning,
      passages: fresh.map(({ passage }) => passage),
      articles: fresh
        .filter(({ passage }) => isAdded(sentArticles, passage.articleId))
        .map(({ passage, article }) => [passage.articleId, article]),
      found: passages.map(({ passage, candidates, score }) => ({ passageId: passage.id, candidates, score })),
    };
  }

  #forget(): void {
    this.#sent.passages.clear();
    this.#sent.articles.clear();
  }
}

function copyOf({ bytes, dimensions }: ByteVectors) {
  return { bytes: bytes.slice(), dimensions };
}

function isAdded(set: Set<string>, value: string): boolean {
  if (set.has(value)) return false;
  set.add(value);
  return true;
}
