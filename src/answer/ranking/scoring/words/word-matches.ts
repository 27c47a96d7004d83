import type { ReadText } from "../../reading/read-text.ts";
import { newCandidates } from "../new-candidates.ts";
import type { SentenceContext } from "../sentence-context.ts";
import { type MatchTable, matchTable } from "./match-table.ts";
import { matchesTogether, wordsAround } from "./near-words.ts";
import { bestMatches } from "./question-words.ts";
import type { MatchedQuestion } from "./word-matcher.ts";

/** How well each word of a question is matched by a sentence and by what stands around it, 0 … 1. */
export type WordMatches = Readonly<
  Record<"own" | "window" | "passage" | "lead" | "titles", readonly number[]>
> & {
  /** Amid the question's other words. */
  readonly together: readonly number[];
  /** Word by word. */
  readonly table: MatchTable;
  readonly candidates: AroundCandidates;
};

/** What stands around the spans that could be the answer; of the best of them, each figure by itself. */
export type AroundCandidates = {
  readonly beside: number;
  readonly all: number;
  readonly relation: number;
  /** By word of the question. */
  readonly fading: readonly number[];
};

/** With the neighbours in `window`, with all that was found of the passage, shortly before in `lead`. */
export function matchWords(
  question: MatchedQuestion,
  sentences: readonly SentenceContext[],
): readonly WordMatches[] {
  const { matcher } = question;
  const cover = (text: ReadText) => matcher.matchAll(text);
  const head = headOf(question);
  const passages = coverPassages(question, sentences);
  return sentences.map((sentence) => {
    const own = cover(sentence.own);
    const table = matchTable(question, sentence.own);
    return {
      own,
      window: bestMatches([own, ...sentence.neighbours.map(cover)]),
      passage: passages.get(sentence.passageRank)!,
      lead: bestMatches(sentence.lead.map(cover)),
      titles: cover(sentence.titles),
      together: matchesTogether(question, table),
      table,
      candidates: aroundCandidates(question, sentence, { table, head }),
    };
  });
}

/** What the sentences found of each passage match together, by the passage's rank. */
function coverPassages(
  { matcher }: MatchedQuestion,
  sentences: readonly SentenceContext[],
): ReadonlyMap<number, number[]> {
  const passages = new Map<number, (readonly number[])[]>();
  for (const { passageRank, own } of sentences) {
    const matches = passages.get(passageRank) ?? [];
    passages.set(passageRank, matches);
    matches.push(matcher.matchAll(own));
  }
  return new Map([...passages].map(([rank, matches]) => [rank, bestMatches(matches)]));
}

function aroundCandidates(
  question: MatchedQuestion,
  sentence: SentenceContext,
  { table, head }: { readonly table: MatchTable; readonly head: number },
): AroundCandidates {
  const best = { beside: 0, all: 0, relation: 0, fading: question.words.map(() => 0) };
  for (const span of newCandidates(question, sentence)) {
    const { beside, fading, all, relation } = wordsAround(question, table, span, head);
    best.beside = Math.max(best.beside, beside);
    best.all = Math.max(best.all, all);
    best.relation = Math.max(best.relation, relation);
    best.fading = bestMatches([best.fading, fading]);
  }
  return best;
}

/** Which word says what is asked for: the first after the asking phrase (多少[床位]), or else the last before it ([床位]有多少). */
export function headOf({ words }: Pick<MatchedQuestion, "words">): number {
  const after = words.findIndex(({ isAfter, isName }) => isAfter && !isName);
  return after >= 0 ? after : words.findLastIndex(({ isAfter, isName }) => !isAfter && !isName);
}
