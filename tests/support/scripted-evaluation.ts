import type { Answer } from "../../src/answer/answer.ts";
import { Chatbot } from "../../src/chatbot.ts";
import type { Article } from "../../src/corpus/article.ts";
import { type Evaluation, evaluate } from "../../src/evaluation/evaluate.ts";
import { type EvaluationQuestion, NO_ANSWER } from "../../src/evaluation/question-set.ts";
import type { EvaluationReport } from "../../src/evaluation/report/evaluation-report.ts";
import type { ChatTurn } from "../../src/question/chat-turn.ts";
import { article, passage } from "./builders.ts";
import { citationOf, eventsOf } from "./servers/scripted-chatbot.ts";

/** Two articles of two passages each; a passage is a sentence. */
export const ARTICLES = [
  article({ id: "xiangtan", title: "湘潭", text: "医院创立于1900年。党委书记是夏红。" }),
  article({ id: "zhuzhou", title: "株洲", text: "刘毅奋战了53天。累计治愈出院患者74例。" }),
];
export const PASSAGES = ARTICLES.flatMap(({ id, title, text }) => {
  const middle = text.indexOf("。") + 1;
  return [
    passage({ articleId: id, title, text: text.slice(0, middle), span: { start: 0, end: middle } }),
    passage({ articleId: id, title, text: text.slice(middle), span: { start: middle, end: text.length } }),
  ];
});
export const SOURCES = new Map(ARTICLES.map(({ id, text }) => [id, text]));

/** What the chatbot finds, as places in `PASSAGES`, and what it quotes; no quotes are a refusal. */
export type Script = { readonly found?: readonly number[]; readonly quotes?: readonly string[] };

export type ScriptedChatbot = Chatbot & {
  readonly asked: { question: string; history: readonly ChatTurn[] }[];
};

/** Answers each question as the script says, and remembers what it was asked. */
export function chatbotWith(scripts: Readonly<Record<string, Script>>): ScriptedChatbot {
  const asked: ScriptedChatbot["asked"] = [];
  const scriptOf = (question: string): Script => scripts[question] ?? {};
  const articles = new Map<string, Article>(ARTICLES.map((each) => [each.id, each]));
  const chatbot = new Chatbot({
    articles,
    retriever: {
      retrieve: async (question, { limit = 10 } = {}) =>
        (scriptOf(question).found ?? [])
          .slice(0, limit)
          .map((at, i) => ({ passage: PASSAGES[at]!, score: 1 / (i + 1), ranks: { keyword: i + 1 } })),
    },
    composer: { compose: (question) => eventsOf(answerOf(question, scriptOf(question).quotes ?? [])) },
    resolveFollowUp: (question, history) => {
      asked.push({ question, history });
      return question;
    },
  });
  return Object.assign(chatbot, { asked });
}

export function question(facts: Partial<EvaluationQuestion>): EvaluationQuestion {
  const articles = facts.kind === NO_ANSWER ? [] : ["xiangtan"];
  const answers = facts.kind === NO_ANSWER ? [] : ["1900年"];
  return { id: "q1", kind: "fact", question: "创立于哪一年？", history: [], articles, answers, ...facts };
}

export function evaluateScripts(
  scripts: Readonly<Record<string, Script>>,
  questions: readonly EvaluationQuestion[],
  options: Partial<Evaluation> = {},
): Promise<EvaluationReport> {
  return evaluate({
    chatbot: chatbotWith(scripts),
    passages: PASSAGES,
    questions,
    sources: SOURCES,
    about: {
      questionSet: "四题.jsonl",
      retriever: "hybrid",
      model: "test",
      measuredAt: "2026-11-22T00:00:00Z",
    },
    ...options,
  });
}

function answerOf(question: string, quotes: readonly string[]): Answer {
  const citations = quotes.map((quote, i) =>
    citationOf({ article: ARTICLES.find(({ text }) => text.includes(quote))!, quote }, i + 1),
  );
  const status = citations.length > 0 ? "answered" : "no-evidence";
  const text = citations.map(({ quote, marker }) => `${quote}[${marker}]`).join("\n");
  return { id: "a", question, status, text, citations, related: [], mode: "extractive" };
}
