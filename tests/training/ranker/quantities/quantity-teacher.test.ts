import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { analyseQuestion } from "../../../../src/question/analyse-question.ts";
import { ANSWER_QUANTITIES } from "../../../../src/question/quantities/quantity-classifier.ts";
import { QuantityTeacher } from "../../../../training/ranker/quantities/quantity-teacher.ts";
import { writeQuantityWeights } from "../../../../training/ranker/quantities/write-quantity-weights.ts";
import type { TrainingArticle } from "../../../../training/ranker/reading/article-questions.ts";
import { temporaryFolders } from "../../../support/temporary-folder.ts";

const UNKNOWN = "要交几何";

/** Ten groups of articles, each with questions about money and people; the first also asks in a way that no other does. */
function data() {
  const articles = Array.from(
    { length: 10 },
    (_, group): TrainingArticle => ({ id: `f${group}`, text: "", collection: "features", group }),
  );
  const questions = articles.flatMap((article, i) =>
    Array.from({ length: 30 }, (_, n) => [
      { article, text: `第${n}处修桥花了多少钱`, answer: `${n + 2}万元` },
      { article, text: `第${n}处工地上有多少人`, answer: `${n + 2}百人` },
      { article, text: `第${n}处工地在哪儿`, answer: null },
      ...(i === 0 ? [{ article, text: `${n}${UNKNOWN}`, answer: "三元" }] : []),
    ]).flat(),
  );
  return { contexts: [], marked: [], reworded: [], english: [], whole: { articles, questions } };
}

const likeliest = (probabilities: readonly number[]) =>
  ANSWER_QUANTITIES[probabilities.indexOf(Math.max(...probabilities))];

const temporaryFolder = temporaryFolders();

describe("QuantityTeacher", () => {
  const teacher = new QuantityTeacher(data());

  it("learns from the other groups which quantity is asked for", () => {
    expect(likeliest(teacher.expect("f3", analyseQuestion("第三处修桥花了多少钱")))).toBe("money");
    expect(likeliest(teacher.expect("f3", analyseQuestion("第三处工地上有多少人")))).toBe("people");
    expect(teacher.accuracy()).toBeGreaterThan(0.9);
  });

  it("does not let a group's questions teach what is expected of that group's", () => {
    const asked = analyseQuestion(UNKNOWN);
    const money = ANSWER_QUANTITIES.indexOf("money");
    expect(teacher.expect("f1", asked)[money]).toBeGreaterThan(teacher.expect("f0", asked)[money]! + 0.2);
  });

  it("teaches the same every time, in weights that are written in a byte each", async () => {
    const folder = await temporaryFolder();
    await writeQuantityWeights(teacher.teach(), `${folder}/first.ts`);
    await writeQuantityWeights(new QuantityTeacher(data()).teach(), `${folder}/second.ts`);
    const written = await readFile(`${folder}/first.ts`, "utf8");
    expect(await readFile(`${folder}/second.ts`, "utf8")).toBe(written);
    const cues = /cues:\s*"([^"]*)"/u.exec(written)![1]!.split(" ");
    const bytes = Buffer.from(/base64:\s*"([^"]*)"/u.exec(written)![1]!, "base64");
    expect(cues).toContain("多少");
    expect(bytes).toHaveLength(cues.length * ANSWER_QUANTITIES.length);
  });
});
