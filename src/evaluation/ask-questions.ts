import type { Answer } from "../answer/answer.ts";
import { type Chatbot, collectAnswer } from "../chatbot.ts";
import { WenjuError } from "../errors.ts";
import type { ChatTurn } from "../question/chat-turn.ts";
import type { Hit } from "../retrieve/hit.ts";
import type { EvaluationQuestion } from "./question-set.ts";

/** What the chatbot made of a question. */
export type AskedQuestion = {
  readonly question: EvaluationQuestion;
  readonly answer: Answer;
  /** The first `SEARCH_DEPTH` passages found for it. */
  readonly hits: readonly Hit[];
  /** From the question to the end of the answer, retrieval included. */
  readonly answerMilliseconds: number;
  /** Retrieval alone, measured in a run of its own. */
  readonly searchMilliseconds: number;
};

export type AskOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
};

export const SEARCH_DEPTH = 10;

/** Asks one question after the other, so that none waits for another and times are those of a single reader. */
export async function askQuestions(
  chatbot: Chatbot,
  questions: readonly EvaluationQuestion[],
  { signal, onProgress }: AskOptions = {},
): Promise<AskedQuestion[]> {
  const asked: AskedQuestion[] = [];
  // the first question of a process pays for what later ones find warm
  if (questions[0]) await askQuestion(chatbot, questions[0], signal);
  for (const question of questions) {
    asked.push(await askQuestion(chatbot, question, signal));
    onProgress?.(asked.length, questions.length);
  }
  return asked;
}

async function askQuestion(
  chatbot: Chatbot,
  question: EvaluationQuestion,
  signal: AbortSignal | undefined,
): Promise<AskedQuestion> {
  if (signal?.aborted)
    throw new WenjuError("ABORTED", "The evaluation was stopped.", { cause: signal.reason });
  const history = await talk(chatbot, question.history, signal);
  const answered = await timed(() => collectAnswer(chatbot.ask(question.question, { history, signal })));
  const searched = await timed(() =>
    chatbot.search(question.question, { history, limit: SEARCH_DEPTH, signal }),
  );
  return {
    question,
    answer: answered.value,
    hits: searched.value,
    answerMilliseconds: answered.milliseconds,
    searchMilliseconds: searched.milliseconds,
  };
}

/** The conversation before a question, with the answers that a reader would have got. */
async function talk(
  chatbot: Chatbot,
  questions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ChatTurn[]> {
  const turns: ChatTurn[] = [];
  for (const content of questions) {
    const { text } = await collectAnswer(chatbot.ask(content, { history: [...turns], signal }));
    turns.push({ role: "user", content }, { role: "assistant", content: text });
  }
  return turns;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - begun };
}
