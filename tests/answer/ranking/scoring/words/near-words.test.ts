import { describe, expect, it } from "vitest";
import { readText } from "../../../../../src/answer/ranking/reading/read-text.ts";
import { endOf, matchTable, startOf } from "../../../../../src/answer/ranking/scoring/words/match-table.ts";
import { matchesTogether, wordsAround } from "../../../../../src/answer/ranking/scoring/words/near-words.ts";
import {
  type MatchedQuestion,
  WordMatcher,
} from "../../../../../src/answer/ranking/scoring/words/word-matcher.ts";
import { WordSimilarities } from "../../../../../src/answer/ranking/scoring/words/word-similarities.ts";
import { WordVectors } from "../../../../../src/indexing/word-vectors.ts";

const NO_WORDS = WordVectors.build([], [], 2);

/** A question whose words all weigh the same, the first of them a name. */
function ask(...words: string[]): MatchedQuestion {
  const asked = words.map((word, i) => ({ word, isName: i === 0, weight: 2, id: undefined, synonyms: [] }));
  return {
    words: asked,
    matcher: new WordMatcher(asked, [], new WordSimilarities(NO_WORDS.vectors)),
  } as unknown as MatchedQuestion;
}

function tableOf(question: MatchedQuestion, text: string) {
  return matchTable(question, readText({ folded: text, aligned: text }, NO_WORDS));
}

function spanOf(text: string, part: string) {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

describe("matchTable", () => {
  it("says which word of the question stands where in the text", () => {
    const question = ask("大桥", "护士");
    const table = tableOf(question, "护士走过大桥。");
    const { values, columns } = table;
    const spanOfMatch = (word: number) => {
      const held = values.slice(word * columns, (word + 1) * columns).indexOf(1);
      return [startOf(table, held), endOf(table, held)];
    };
    expect(spanOfMatch(0)).toEqual([4, 6]);
    expect(spanOfMatch(1)).toEqual([0, 2]);
  });

  it("is empty for a text without words", () => {
    expect(tableOf(ask("大桥"), "。").values).toEqual([]);
  });
});

describe("wordsAround", () => {
  const text = "大桥花了三百万元，食堂里的一顿饭不过八元。";
  const question = ask("大桥", "食堂");
  const table = tableOf(question, text);

  it("counts a word less the further it stands from the span", () => {
    const near = wordsAround(question, table, spanOf(text, "三百万元"));
    const far = wordsAround(question, table, spanOf(text, "八元"));
    expect(near.fading[0]).toBeGreaterThan(far.fading[0]!);
    expect(far.fading[1]).toBeGreaterThan(0);
  });

  it("leaves names out of what is asked about them", () => {
    const { all, relation, fading } = wordsAround(question, table, spanOf(text, "三百万元"));
    expect(all - relation).toBeCloseTo((2 * fading[0]!) / 20);
  });

  it("looks for one word close to the span alone", () => {
    expect(wordsAround(question, table, spanOf(text, "三百万元"), 0).beside).toBe(1);
    expect(wordsAround(question, table, spanOf(text, "八元"), 0).beside).toBe(0);
    expect(wordsAround(question, table, spanOf(text, "八元")).beside).toBe(0);
  });

  it("does not count a word inside the span as standing around it", () => {
    expect(wordsAround(question, table, spanOf(text, "大桥")).fading[0]).toBe(0);
  });
});

describe("matchesTogether", () => {
  it("counts a word more where the question's others stand beside it", () => {
    const question = ask("刘毅", "妻子");
    const [together] = matchesTogether(question, tableOf(question, "刘毅的妻子是护士。"));
    const [apart] = matchesTogether(
      question,
      tableOf(question, "刘毅到任那年，医院还没有大楼，门诊挤在三间平房里，老李的妻子管挂号。"),
    );
    expect(together).toBeGreaterThan(0.8);
    expect(apart).toBeLessThan(0.2);
  });

  it("is nothing for a word that stands alone, and for a question of one word", () => {
    const question = ask("刘毅", "妻子");
    expect(matchesTogether(question, tableOf(question, "刘毅是医生。"))).toEqual([0, 0]);
    const single = ask("刘毅");
    expect(matchesTogether(single, tableOf(single, "刘毅是医生。"))).toEqual([0]);
  });
});
