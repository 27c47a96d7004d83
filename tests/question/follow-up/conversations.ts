import { describe, expect, it } from "vitest";
import { chunkArticle } from "../../../src/chunk/chunk-article.ts";
import type { Article } from "../../../src/corpus/article.ts";
import { readCorpus } from "../../../src/corpus/read-corpus.ts";
import { KeywordIndex } from "../../../src/indexing/keyword-index.ts";
import { passageTerms } from "../../../src/indexing/passage-terms.ts";
import type { ChatTurn } from "../../../src/question/chat-turn.ts";
import {
  createFollowUpResolver,
  type ResolveFollowUp,
} from "../../../src/question/follow-up/follow-up-resolver.ts";
import { INVENTED_CORPUS } from "../../support/indexes/invented-index.ts";
import { NEWSPAPER_ARTICLES } from "../../support/indexes/newspaper-articles.ts";

const { articles: inventedArticles } = await readCorpus(INVENTED_CORPUS);

/** Hospitals, from the newspapers. */
export const hospitals = resolverOver(NEWSPAPER_ARTICLES);

/** Museums, rivers and companies that do not exist. */
export const inventions = resolverOver(inventedArticles);

export type Turn = {
  readonly ask: string;
  /** What the resolved question must hold and must not; neither means that it must stay as it is. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
  /** What the assistant said, quotes and all. */
  readonly answered?: string;
};

/** Each turn of a conversation is a test, with the turns before it as its history. */
export function describeConversation(name: string, resolve: ResolveFollowUp, turns: readonly Turn[]): void {
  describe(name, () => {
    turns.forEach(({ ask, has, lacks = [] }, i) => {
      const history = turns.slice(0, i).flatMap(toChat);
      it(`${has ? `carries ${has.join("、")} into` : "leaves alone"} ${i + 1}. ${ask}`, () => {
        const resolved = resolve(ask, history);
        if (!has) expect(resolved).toBe(ask);
        for (const part of has ?? []) expect(resolved).toContain(part);
        for (const part of lacks) expect(resolved).not.toContain(part);
        expect(resolved.length).toBeLessThanOrEqual(60);
      });
    });
  });
}

function toChat({ ask, answered }: Turn): ChatTurn[] {
  const question: ChatTurn = { role: "user", content: ask };
  return answered ? [question, { role: "assistant", content: answered }] : [question];
}

function resolverOver(articles: readonly Article[]): ResolveFollowUp {
  const passages = articles.flatMap((article) => chunkArticle(article));
  const keywords = KeywordIndex.build(passages.map(passageTerms));
  return createFollowUpResolver({ passages, keywords });
}
