import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { QuestionStage } from "../../chatbot.ts";
import type { LiveChatbot } from "../../live-chatbot.ts";
import { QUESTION_STATUSES, type QuestionStatus } from "./observed-question.ts";

/** How many questions are worked on, and how many wait. */
export type QuestionLine = { readonly working: number; readonly waiting: number };

/** Seconds: an answer takes tens of milliseconds, and none more than half a minute. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * What a server counts and measures, for Prometheus to read. Its labels take few values, and none that a reader chooses. Every server
 * has one of its own.
 */
export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #questions = new Counter({
    name: "wenju_questions_total",
    help: "Questions by what became of them.",
    labelNames: ["status"],
    registers: [this.#registry],
  });
  readonly #questionTime = new Histogram({
    name: "wenju_question_seconds",
    help: "From the arrival of a question to the end of its answer.",
    buckets: BUCKETS,
    registers: [this.#registry],
  });
  readonly #stages = new Histogram({
    name: "wenju_question_stage_seconds",
    help: "How long each stage of a question took.",
    labelNames: ["stage"],
    buckets: BUCKETS,
    registers: [this.#registry],
  });
  readonly #requests = new Counter({
    name: "wenju_http_requests_total",
    help: "Finished requests by the pattern of their route and their status.",
    labelNames: ["route", "status"],
    registers: [this.#registry],
  });
  readonly #feedback = new Counter({
    name: "wenju_feedback_total",
    help: "Ratings that readers gave.",
    labelNames: ["rating"],
    registers: [this.#registry],
  });

  /** `ofProcess`: with memory, processor time and how late the event loop is; one server of a process has these. */
  constructor({ ofProcess = false }: { readonly ofProcess?: boolean } = {}) {
    // a rate can be taken of what was zero before, not of what was absent
    for (const status of QUESTION_STATUSES) this.#questions.inc({ status }, 0);
    for (const rating of ["up", "down"]) this.#feedback.inc({ rating }, 0);
    if (ofProcess) collectDefaultMetrics({ register: this.#registry });
  }

  /** Tells of the edition that counts now. */
  watchEditions(live: LiveChatbot): void {
    this.#addGauge("wenju_passages", "Passages that can be found.", () => live.current.passages);
    this.#addGauge("wenju_articles", "Articles.", () => live.current.chatbot.articles.size);
    new Gauge({
      name: "wenju_generation_info",
      help: "Always 1: its label names the generation of the index that questions are answered from.",
      labelNames: ["generation"],
      registers: [this.#registry],
      collect() {
        this.reset();
        const { generation } = live.current;
        if (generation !== undefined) this.set({ generation }, 1);
      },
    });
  }

  watchLine(line: QuestionLine): void {
    this.#addGauge("wenju_queue_running", "Questions that are worked on.", () => line.working);
    this.#addGauge("wenju_queue_waiting", "Questions that wait for their turn.", () => line.waiting);
  }

  /** How often the embedding process was replaced, and the scoring thread ended, so far. */
  watchHelpers({ embedding, scoring }: Readonly<Record<"embedding" | "scoring", () => number>>): void {
    this.#countRestarts(
      "wenju_embedding_restarts_total",
      "How often the process of the embedding model ended and was replaced.",
      embedding,
    );
    this.#countRestarts(
      "wenju_scoring_restarts_total",
      "How often the thread that scores sentences ended by itself; questions were answered without it meanwhile.",
      scoring,
    );
  }

  #countRestarts(name: string, help: string, restarts: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(restarts());
      },
    });
  }

  countQuestion(status: QuestionStatus): void {
    this.#questions.inc({ status });
  }

  addQuestionTime(milliseconds: number): void {
    this.#questionTime.observe(milliseconds / 1000);
  }

  addStage(stage: QuestionStage, milliseconds: number): void {
    this.#stages.observe({ stage }, milliseconds / 1000);
  }

  countRequest(route: string, status: number): void {
    this.#requests.inc({ route, status });
  }

  countFeedback(rating: "up" | "down"): void {
    this.#feedback.inc({ rating });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of them, in Prometheus's text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #addGauge(name: string, help: string, read: () => number | undefined): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });
  }
}
