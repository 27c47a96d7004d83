import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../../src/answer/answer.ts";
import { UnansweredLog } from "../../../src/server/journal/unanswered-log.ts";
import type { StartOptions } from "../../../src/server/start-server.ts";
import { collectedLog } from "../../support/collected-log.ts";
import { ask, chatbotThat, folderWith, quotedAnswer, serve } from "../../support/servers/served-chatbot.ts";

const QUESTION = "火星上的奥林帕斯山有多高？";

describe("questions that nothing answers", () => {
  it("are kept with the nearest articles and the time, and nothing of who asked", async () => {
    const { url, lines } = await serveAnswering((question) =>
      noEvidence(question, ["b#0-3", "a#0-3", "b#5-9"]),
    );
    await ask(url, { question: QUESTION }, { "x-forwarded-for": "203.0.113.7" });
    await ask(url, { question: QUESTION }, { accept: "text/event-stream" }).then((response) =>
      response.text(),
    );
    await expect.poll(lines).toHaveLength(2);
    for (const line of await lines()) {
      expect(line).toEqual({
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        question: QUESTION,
        articles: ["b", "a"],
      });
    }
  });

  it("are kept as they stand alone, where the reader left things to the turns before", async () => {
    const { url, lines } = await serveAnswering((question) => noEvidence(question, []));
    const history = [{ role: "user", content: "刘毅是谁？" }];
    await ask(url, { question: "他几岁？", history });
    await expect.poll(lines).toMatchObject([{ question: "刘毅是谁？ 他几岁？" }]);
  });

  it("are not those that were answered, nor those that only words were looked for, nor those that failed", async () => {
    const answers: ((question: string) => Answer)[] = [
      quotedAnswer,
      (question) => ({ ...noEvidence(question, []), searchedBy: "words" }),
      () => {
        throw new Error("The composer broke.");
      },
      (question) => noEvidence(question, []),
    ];
    const { url, lines } = await serveAnswering((question) => answers.shift()!(question));
    for (const question of ["甲？", "乙？", "丙？", "丁？"]) await ask(url, { question });
    await expect.poll(lines).toMatchObject([{ question: "丁？" }]);
  });

  it("are answered all the same where they cannot be kept, and the operator is told", async () => {
    const { url, file, failures } = await serveAnswering((question) => noEvidence(question, []));
    await mkdir(file);
    expect((await ask(url, { question: QUESTION })).status).toBe(200);
    await expect.poll(() => failures).toMatchObject([{ code: "QUESTION_NOT_SAVED" }]);
    expect(String(failures[0])).not.toContain("火星");
  });

  it("are told of in the log where they cannot be kept", async () => {
    const { log, lines } = collectedLog();
    const { url, file } = await serveAnswering((question) => noEvidence(question, []), { log });
    await mkdir(file);
    await ask(url, { question: QUESTION });
    await expect
      .poll(() => lines)
      .toContainEqual(
        expect.objectContaining({
          level: "error",
          err: expect.objectContaining({ code: "QUESTION_NOT_SAVED" }),
        }),
      );
    expect(JSON.stringify(lines)).not.toContain("火星");
  });
});

function noEvidence(question: string, passages: readonly string[]): Answer {
  const related = passages.map((passageId) => {
    const [articleId = ""] = passageId.split("#");
    return { passageId, articleId, title: "题", span: { start: 0, end: 1 }, quote: "文", score: 0.1 };
  });
  return { ...quotedAnswer(question), status: "no-evidence", citations: [], related };
}

async function serveAnswering(answer: (question: string) => Answer, options: Pick<StartOptions, "log"> = {}) {
  const file = join(await folderWith({}), "unanswered.jsonl");
  const failures: unknown[] = [];
  const { url } = await serve({
    chatbot: chatbotThat(async function* (question) {
      yield { type: "answer-end", answer: answer(question) };
    }),
    unanswered: new UnansweredLog(file),
    onFailure: (error) => void failures.push(error),
    ...options,
  });
  const lines = async (): Promise<unknown[]> => {
    const text = await readFile(file, "utf8").catch(() => "");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  return { url, file, failures, lines };
}
