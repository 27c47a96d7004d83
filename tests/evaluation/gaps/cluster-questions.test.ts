import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../../src/embed/open-embedding-model.ts";
import { clusterQuestions } from "../../../src/evaluation/gaps/cluster-questions.ts";

describe("questions that mean the same", () => {
  let model: EmbeddingModel;
  beforeAll(async () => {
    model = await openEmbeddingModel();
  });
  afterAll(() => model.close());

  it("are one cluster, led by the wording used most", async () => {
    expect(
      await clustersOf([
        "核磁共振的费用是多少？",
        "核磁共振检查多少钱？",
        "核磁共振检查多少钱",
        "做一次核磁共振要多少钱",
        "核磁共振检查要排队多久？",
      ]),
    ).toEqual([
      ["核磁共振检查多少钱", "做一次核磁共振要多少钱", "核磁共振的费用是多少？"],
      ["核磁共振检查要排队多久？"],
    ]);
  });

  it.each([
    ["湘潭市中心医院的院长是谁？", "株洲市中心医院的院长是谁？"],
    ["湘潭市中心医院的院长是谁？", "湘潭市中心医院有多少张床位？"],
    ["2021年的门诊量是多少？", "2022年的门诊量是多少？"],
    ["长沙到株洲的高铁票多少钱？", "长沙到株洲的高铁要多久？"],
    ["株洲市中心医院的院长是谁？", "株洲市中心医院心内科主任是谁？"],
  ])("are not %s and %s", async (first, second) => {
    expect(await clustersOf([first, second])).toHaveLength(2);
  });

  it("are found in the other script, in other numerals, and in any width", async () => {
    expect(
      await clustersOf(["三三一医院有多少张床位？", "331医院有多少张床位", "三三一醫院有多少張床位？"]),
    ).toHaveLength(1);
    expect(await clustersOf(["CT检查多少钱？", "ＣＴ检查多少钱？"])).toHaveLength(1);
  });

  it("count each time they were asked", async () => {
    const asked = ["刘毅几岁？", "刘毅几岁？", "刘毅今年几岁"].map((question, at) => ({ question, at }));
    const [cluster, ...others] = await clusterQuestions(asked, embed);
    expect(others).toEqual([]);
    expect(cluster!.wordings.map(({ uses }) => uses.map(({ at }) => at))).toEqual([[0, 1], [2]]);
  });

  it("are none where nothing was asked", async () => {
    expect(await clusterQuestions([], embed)).toEqual([]);
  });

  it.each([
    ["chosen", 0.66, 0.81],
    ["held-out", 0.8, 0.88],
  ])(
    "are found among the %s questions: of all pairs %d, and %d of those found are right",
    async (name, together, right) => {
      const groups = readGroups(name);
      const clusters = await clustersOf(groups.flat());
      const groupOf = new Map(groups.flatMap((group, i) => group.map((question) => [question, i])));
      const joined = clusters.flatMap(pairsOf);
      const rightly = joined.filter(([a, b]) => groupOf.get(a) === groupOf.get(b)).length;
      const wanted = groups.flatMap(pairsOf).length;
      expect(rightly / wanted).toBeGreaterThanOrEqual(together);
      expect(rightly / joined.length).toBeGreaterThanOrEqual(right);
    },
  );

  const embed = (texts: string[]) => model.embedDocuments(texts);

  async function clustersOf(questions: readonly string[]): Promise<string[][]> {
    const clusters = await clusterQuestions(
      questions.map((question) => ({ question })),
      embed,
    );
    return clusters.map(({ wordings }) => wordings.map(({ question }) => question));
  }
});

function readGroups(name: string): string[][] {
  const file = new URL(`../../fixtures/gaps/${name}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function pairsOf(questions: readonly string[]): [string, string][] {
  return questions.flatMap((a, i) => questions.slice(0, i).map((b): [string, string] => [a, b]));
}
