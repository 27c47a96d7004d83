import type { CorpusIndex } from "../../indexing/corpus-index.ts";
import type { ChatTurn } from "../chat-turn.ts";
import { replaceAnaphors } from "./anaphors.ts";
import type { Exchange } from "./antecedents.ts";
import { isMoreOfTheSame, repeatAsking } from "./asking.ts";
import { completeEllipsis } from "./ellipsis.ts";
import { FollowUpCorpus } from "./follow-up-corpus.ts";
import { QuestionReader, type Reading } from "./reading.ts";
import { swapIn } from "./swap.ts";
import { topicOf } from "./topic.ts";
import { OF_THE_TALK } from "./words.ts";

/** Makes a question that leans on earlier turns stand alone; returns it unchanged where it does already. */
export type ResolveFollowUp = (question: string, history: readonly ChatTurn[]) => string;

/**
 * Resolves follow-ups by grammar and by what the corpus holds, without a language model. Deterministic: what it says
 * depends on nothing but the corpus, the question and the history.
 */
export function createFollowUpResolver(index: Pick<CorpusIndex, "passages" | "keywords">): ResolveFollowUp {
  const corpus = new FollowUpCorpus(index);
  return (question, history) => {
    const turns = readHistory(history);
    if (turns.length === 0) return question;
    const occurs = (text: string) => corpus.occurs(text);
    const reader = new QuestionReader(occurs);
    const exchanges: Exchange[] = [];
    for (const { question: earlier, answer } of turns) {
      const { mentions: answered } = reader.read(answer);
      const resolved = reader.read(resolve(earlier, exchanges, reader, corpus));
      exchanges.unshift({ question: resolved, answer, answered, topic: topicOf(resolved, occurs) });
    }
    return resolve(question, exchanges, reader, corpus);
  };
}

/** How many of the reader's turns are looked back on: who comes back to more distant ones names them. */
const REACH = 6;

/** In UTF-16 units: nobody asks more than that, whatever a client sends as a question. */
const LONGEST_QUESTION = 500;
/** Of an answer, in UTF-16 units: its first quotes. */
const LONGEST_ANSWER = 400;

/** The reader's last turns, oldest first, each with what was answered to it. */
function readHistory(history: readonly ChatTurn[]): { question: string; answer: string }[] {
  const turns: { question: string; answer: string }[] = [];
  for (const { role, content } of history) {
    const last = turns.at(-1);
    if (role === "user" || !last)
      turns.push({ question: role === "user" ? content : "", answer: role === "user" ? "" : content });
    else last.answer += content;
  }
  return turns.slice(-REACH).map(({ question, answer }) => ({
    question: question.slice(0, LONGEST_QUESTION),
    answer: answer.slice(0, LONGEST_ANSWER),
  }));
}

function resolve(
  question: string,
  exchanges: readonly Exchange[],
  reader: QuestionReader,
  corpus: FollowUpCorpus,
): string {
  const current = reader.read(question);
  if (exchanges.length === 0 || current.text === "" || OF_THE_TALK.test(current.folded)) return question;
  const resolved = isMoreOfTheSame(current)
    ? exchanges[0]?.question.text
    : resolveReading(current, exchanges, reader, corpus);
  return !resolved || resolved === current.text ? question : asQuestion(resolved, question);
}

function resolveReading(
  current: Reading,
  exchanges: readonly Exchange[],
  reader: QuestionReader,
  corpus: FollowUpCorpus,
): string | undefined {
  const explained = replaceAnaphors(current, exchanges);
  const reading =
    explained === undefined ? current : { ...reader.read(explained), isRemark: current.isRemark };
  const completed = reading.asked
    ? (repeatAsking(reading, exchanges) ?? completeEllipsis(reading, exchanges, corpus))
    : swapIn(reading, exchanges, corpus);
  return completed ?? explained;
}

function asQuestion(resolved: string, question: string): string {
  return /[。！!…]\s*$/u.test(question) ? resolved : `${resolved}？`;
}
