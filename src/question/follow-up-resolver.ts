import type { CorpusIndex } from "../indexing/corpus-index.ts";
import type { ChatTurn } from "./chat-turn.ts";
import { replaceAnaphors } from "./follow-up-anaphors.ts";
import { isMoreOfTheSame, repeatAsking } from "./follow-up-asking.ts";
import { FollowUpCorpus } from "./follow-up-corpus.ts";
import { completeEllipsis } from "./follow-up-ellipsis.ts";
import { type Reading, readQuestion } from "./follow-up-reading.ts";
import { swapIn } from "./follow-up-swap.ts";
import type { Exchange } from "./follow-up-topic.ts";
import { OF_THE_TALK } from "./follow-up-words.ts";

/** Makes a question that leans on earlier turns stand alone; returns it unchanged where it does already. */
export type ResolveFollowUp = (question: string, history: readonly ChatTurn[]) => string;

/** How many of the reader's turns are looked back on: who comes back to more distant ones names them. */
const REACH = 6;

/**
 * Resolves follow-ups by grammar and by what the corpus holds, without a language model. Deterministic; no state but
 * the corpus.
 */
export function createFollowUpResolver(index: Pick<CorpusIndex, "passages" | "keywords">): ResolveFollowUp {
  const corpus = new FollowUpCorpus(index);
  const occurs = (text: string) => corpus.occurs(text);
  const resolve = (question: string, exchanges: readonly Exchange[]): string => {
    if (exchanges.length === 0) return question;
    const current = readQuestion(question, occurs);
    const resolved = resolveReading(current, exchanges, corpus);
    return resolved === undefined || resolved === current.text ? question : asQuestion(resolved, question);
  };
  return (question, history) => {
    const exchanges: Exchange[] = [];
    for (const { question: earlier, answer } of readHistory(history)) {
      exchanges.unshift({ question: readQuestion(resolve(earlier, exchanges), occurs), answer });
    }
    return resolve(question, exchanges);
  };
}

/** The reader's last turns, each with what was answered to it. */
function readHistory(history: readonly ChatTurn[]): { question: string; answer: string }[] {
  const turns: { question: string; answer: string }[] = [];
  for (const { role, content } of history) {
    if (role === "user") turns.push({ question: content, answer: "" });
    else if (turns.length > 0) turns.at(-1)!.answer += content;
    else turns.push({ question: "", answer: content });
  }
  return turns.slice(-REACH);
}

function resolveReading(
  current: Reading,
  exchanges: readonly Exchange[],
  corpus: FollowUpCorpus,
): string | undefined {
  const occurs = (text: string) => corpus.occurs(text);
  if (current.text === "" && current.asked === undefined) return undefined;
  if (OF_THE_TALK.test(current.folded)) return undefined;
  if (isMoreOfTheSame(current)) return exchanges[0]?.question.text;
  const named = replaceAnaphors(current, exchanges, occurs);
  if (named !== undefined) return named;
  if (!current.asked && isShortPhrase(current)) return swapIn(current, exchanges, corpus);
  return repeatAsking(current, exchanges) ?? completeEllipsis(current, exchanges, corpus);
}

/** A phrase without a verb: what 那…呢 leaves. */
function isShortPhrase({ text, tokens }: Reading): boolean {
  return (
    text.length <= 24 &&
    text.length > 0 &&
    tokens.every(({ tag, word }) => !/^(?:v|d|l|y|zg?)$/u.test(tag) || word.length > 1)
  );
}

function asQuestion(resolved: string, question: string): string {
  const mark = /[?？]\s*$/u.test(question) || !/[。！!…]\s*$/u.test(question) ? "？" : "";
  return resolved + mark;
}
