import { mkdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FeedbackLog } from "../../../src/server/journal/feedback-log.ts";
import { ask, folderWith, serve } from "../../support/servers/served-chatbot.ts";

const FEEDBACK = { answerId: "a1", question: "治愈多少例？", rating: "up" };

describe("POST /api/feedback", () => {
  it("keeps what a reader thinks, one line each, and not who the reader is", async () => {
    const { url, lines } = await serveFeedback();
    expect((await send(url, FEEDBACK)).status).toBe(204);
    const remark = "  数字对，\n但不是原句\u2028。 ";
    expect((await send(url, { ...FEEDBACK, rating: "down", remark, extra: 1 })).status).toBe(204);
    const [first, second, ...more] = await lines();
    expect(more).toEqual([]);
    expect(first).toEqual({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), ...FEEDBACK });
    expect(second).toEqual({ at: expect.any(String), ...FEEDBACK, rating: "down", remark: remark.trim() });
  });

  it("keeps the file from other users of the machine", async () => {
    const { url, file } = await serveFeedback();
    await send(url, FEEDBACK);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("writes lines that come at once one after the other", async () => {
    const { url, lines } = await serveFeedback();
    const questions = Array.from({ length: 30 }, (_, index) => `${index}`.repeat(200));
    await Promise.all(questions.map((question) => send(url, { ...FEEDBACK, question })));
    expect((await lines()).map(({ question }) => question).sort()).toEqual([...questions].sort());
  });

  it("takes up a file whose last line was not written whole", async () => {
    const { url, file } = await serveFeedback({ "feedback.jsonl": '{"at":"20' });
    await send(url, FEEDBACK);
    expect((await readFile(file, "utf8")).split("\n")).toEqual([
      '{"at":"20',
      expect.stringContaining("a1"),
      "",
    ]);
  });

  it.each([
    [{ ...FEEDBACK, rating: "maybe" }, "rating"],
    [{ ...FEEDBACK, rating: undefined }, "rating"],
    [{ ...FEEDBACK, answerId: "" }, "answerId"],
    [{ ...FEEDBACK, answerId: "a".repeat(101) }, "answerId"],
    [{ ...FEEDBACK, answerId: "a\nb" }, "answerId"],
    [{ ...FEEDBACK, question: "  " }, "question"],
    [{ ...FEEDBACK, question: "问".repeat(501) }, "500"],
    [{ ...FEEDBACK, remark: "好".repeat(501) }, "500"],
    [{ ...FEEDBACK, remark: 5 }, "remark"],
    [{ ...FEEDBACK, remark: "\ud800" }, "surrogate"],
    [[], "rating"],
    [null, "rating"],
  ])("refuses %j and says why", async (body, word) => {
    const { url, lines } = await serveFeedback();
    const response = await send(url, body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toEqual({
      code: "REQUEST_INVALID",
      message: expect.stringContaining(word),
    });
    expect(await lines()).toEqual([]);
  });

  it("counts a remark in characters, and one of white space as none", async () => {
    const { url, lines } = await serveFeedback();
    expect((await send(url, { ...FEEDBACK, remark: "𠮷".repeat(500) })).status).toBe(204);
    expect((await send(url, { ...FEEDBACK, remark: " \n" })).status).toBe(204);
    expect((await lines()).map(({ remark }) => remark?.length)).toEqual([1_000, undefined]);
  });

  it("reads no more than 16 KB", async () => {
    const { url } = await serveFeedback();
    expect((await send(url, { ...FEEDBACK, extra: "好".repeat(10_000) })).status).toBe(413);
  });

  it("takes 60 at once and asks for patience then, while answers go on", async () => {
    const { url, lines } = await serveFeedback();
    const responses = await Promise.all(Array.from({ length: 70 }, () => send(url, FEEDBACK)));
    const refused = responses.filter(({ status }) => status === 429);
    const [first] = refused;
    if (!first) throw new Error("All 70 were taken.");
    expect(first.headers.get("retry-after")).toBe("60");
    expect((await first.json()).error.code).toBe("TOO_MANY_REQUESTS");
    expect((await lines()).length).toBe(70 - refused.length);
    expect((await ask(url, { question: "治愈多少例？" })).status).toBe(200);
  });

  it("says where it could not be kept, tells the operator, and goes on answering", async () => {
    const { url, file, failures } = await serveFeedback();
    await mkdir(file);
    const response = await send(url, FEEDBACK);
    expect(response.status).toBe(500);
    const { error } = await response.json();
    expect(error.code).toBe("FEEDBACK_NOT_SAVED");
    expect(error.message).not.toContain(file);
    expect(failures).toEqual([expect.objectContaining({ message: expect.stringContaining(file) })]);
    expect((await ask(url, { question: "治愈多少例？" })).status).toBe(200);
  });

  it("keeps later feedback once the file can be written again", async () => {
    const folder = await folderWith({ file: "" });
    const log = new FeedbackLog(join(folder, "file", "feedback.jsonl"));
    await expect(log.append({ ...FEEDBACK, rating: "up" })).rejects.toMatchObject({
      code: "FEEDBACK_NOT_SAVED",
    });
    const full = join(folder, "full.jsonl");
    await writeFile(full, "");
    await truncate(full, 64 * 1024 * 1024);
    await expect(new FeedbackLog(full).append({ ...FEEDBACK, rating: "up" })).rejects.toThrow(/full/);
    await writeFile(full, "");
    await new FeedbackLog(full).append({ ...FEEDBACK, rating: "up" });
    expect(await readFile(full, "utf8")).toContain('"rating":"up"');
  });

  it("takes POST only, and nothing where no file is named", async () => {
    const { url } = await serveFeedback();
    const response = await fetch(`${url}/api/feedback`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    const silent = await serve();
    expect((await send(silent.url, FEEDBACK)).status).toBe(404);
  });
});

async function serveFeedback(files: Readonly<Record<string, string>> = {}) {
  const file = join(await folderWith(files), "feedback.jsonl");
  const failures: unknown[] = [];
  const { url } = await serve({
    feedback: new FeedbackLog(file),
    onFailure: (error) => void failures.push(error),
  });
  const lines = async (): Promise<Record<string, string>[]> => {
    const text = await readFile(file, "utf8").catch(() => "");
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  return { url, file, failures, lines };
}

function send(url: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json", "accept-language": "en" };
  return fetch(`${url}/api/feedback`, { method: "POST", headers, body: JSON.stringify(body) });
}
