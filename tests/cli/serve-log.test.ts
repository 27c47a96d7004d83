import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderWith } from "../support/servers/served-chatbot.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const ARTICLES = { "yiyuan.txt": "一颗红心向党\n\n刘毅带领74名白衣战士与病毒鏖战，奋战53天。\n" };

const ANSWERED = "刘毅带领多少名白衣战士？";
const UNANSWERED = "奥林帕斯火山到底有多高呢？";
const ENGLISH = "Who is the tallest volcano on Mars?";
const EARLIER = "株洲有哪几家三甲医院？";
const REMARK = "数字对不上，请核实一下。";
const TOKEN = "geheim-token-0123456789abcdef";
const GUESS = "falsches-token-9876543210";
const SITE = "https://www.example.org";
const KEY = "pk-site-1234";
const BEARER = "Bearer eyJhbGciOi.secret";
const ADDRESS = "203.0.113.77";
const UPLOADED = "长江大桥全长八百九十米，昨天正式通车。";

/** All that a log may not hold, in words long enough to be nobody else's. */
const PRIVATE = [
  ...["白衣战士", "奥林帕斯", "火山", "Mars", "volcano", "三甲", "核实", "长江大桥", "通车", "鏖战"],
  ...[TOKEN, GUESS, KEY, BEARER, "eyJhbGciOi", ADDRESS, "127.0.0.1"],
];

describe("the log of wenju serve", () => {
  it("holds nothing that readers wrote, whatever is asked and whatever fails", {
    timeout: 60_000,
  }, async () => {
    const server = await serveProcess({ brokenStores: true });
    await askInManyWays(server.url);
    const { lines, text, exitCode } = await server.stop();
    expect(exitCode).toBe(0);
    for (const secret of PRIVATE) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(encodeURIComponent(secret));
    }
    const requests = lines.filter(({ msg }) => msg === "request");
    expect(requests.map(({ answer }) => answer)).toEqual(
      expect.arrayContaining(["answered", "no-evidence", "aborted"]),
    );
    expect(requests.map(({ status }) => status)).toEqual(
      expect.arrayContaining([200, 204, 400, 401, 403, 404, 405, 413, 500]),
    );
    expect(requests.filter(({ level }) => level === "error")).toMatchObject([
      { path: "/api/feedback", err: { code: "FEEDBACK_NOT_SAVED", stack: expect.stringContaining(" at ") } },
    ]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: "error",
        err: expect.objectContaining({ code: "QUESTION_NOT_SAVED" }),
      }),
    );
    for (const { id } of requests) expect(id).toMatch(/^[\w-]{8,64}$/);
  });

  it("holds the questions where that is wanted, and tokens never", { timeout: 60_000 }, async () => {
    const server = await serveProcess({ environment: { WENJU_LOG_QUESTIONS: "1" } });
    await askInManyWays(server.url);
    const { lines, text } = await server.stop();
    for (const line of lines) {
      expect(line).toMatchObject({ level: expect.any(String), time: expect.stringMatching(/^\d{4}-.*Z$/) });
    }
    const questions = lines.map(({ question }) => question);
    expect(questions).toEqual(expect.arrayContaining([ANSWERED, UNANSWERED, ENGLISH]));
    for (const secret of [TOKEN, GUESS, KEY, "eyJhbGciOi", ADDRESS, "核实", "三甲", "鏖战"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("is as quiet as it is told to be", { timeout: 60_000 }, async () => {
    const server = await serveProcess({ environment: { WENJU_LOG_LEVEL: "warn" } });
    await fetch(`${server.url}/api/articles`);
    expect((await server.stop()).text).toBe("");
  });
});

/** Every door with every kind of text, well-formed or not. */
async function askInManyWays(url: string): Promise<void> {
  const json = { "content-type": "application/json", "x-forwarded-for": ADDRESS, authorization: BEARER };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: "POST",
      headers: { ...json, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }).then((response) => response.text());
  const get = (path: string, init?: RequestInit) =>
    fetch(url + path, init).then((response) => response.text());
  const history = [{ role: "user", content: EARLIER }];
  await post("/api/ask", { question: ANSWERED, history });
  await post("/api/ask", { question: ANSWERED }, { accept: "text/event-stream" });
  await post("/api/ask", { question: UNANSWERED });
  await post("/api/ask", { question: ENGLISH }, { accept: "text/event-stream" });
  await post("/api/ask", `{"question":"${UNANSWERED}`);
  await post("/api/ask", { question: UNANSWERED.repeat(60) });
  await post("/api/ask", { question: UNANSWERED.repeat(2_000) });
  await post("/api/ask", { question: UNANSWERED, history: [{ role: REMARK, content: EARLIER }] });
  await post("/api/ask", { question: ANSWERED }, { origin: "https://else.example" });
  await post("/api/ask", { question: ANSWERED }, { origin: SITE, "x-wenju-key": KEY });
  await post("/api/ask", { question: ANSWERED }, { origin: SITE, "x-wenju-key": `${KEY}x` });
  await post(`/api/ask/${UNANSWERED}`, { question: UNANSWERED });
  await post("/api/feedback", { answerId: "a1", question: ANSWERED, rating: "down", remark: REMARK });
  await post("/api/feedback", {
    answerId: "a1",
    question: ANSWERED,
    rating: "down",
    remark: 7,
    extra: REMARK,
  });
  for (const text of [ANSWERED, UNANSWERED, ENGLISH]) await get(`/api/search?q=${encodeURIComponent(text)}`);
  await get(`/api/search?q=${encodeURIComponent(ANSWERED)}&limit=${TOKEN}`);
  await get(`/api/articles/${encodeURIComponent(UNANSWERED)}`);
  await get(`/articles/${encodeURIComponent("奥林帕斯")}`);
  await get(`/${TOKEN}?key=${KEY}`);
  await get("/api/articles/%E0%A4%A");
  await get(`/api/ask?q=${encodeURIComponent(UNANSWERED)}`);
  await get(`/api/${UNANSWERED}`, {
    method: "OPTIONS",
    headers: { origin: SITE, "access-control-request-method": "POST" },
  });
  for (const token of [TOKEN, GUESS]) {
    const authorization = `Bearer ${token}`;
    await post("/api/admin/reindex", {}, { authorization });
    await post("/api/admin/articles", { name: "../大桥.txt", text: UPLOADED }, { authorization });
    await post("/api/admin/articles", UPLOADED, { authorization });
  }
  await post("/api/admin/reindex", {});
  await leaveEarly(url);
}

async function leaveEarly(url: string): Promise<void> {
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  const leaving = request(`${url}/api/ask`, { method: "POST", headers });
  leaving.on("error", () => {});
  leaving.on("response", (response) => response.destroy());
  leaving.end(JSON.stringify({ question: UNANSWERED }));
  await once(leaving, "close");
}

type Line = Readonly<
  Record<"level" | "time" | "msg" | "id" | "path" | "answer" | "question", string | undefined>
> & {
  readonly status?: number;
};

/** A server with a token, a site and its key, whose stores cannot be written if `brokenStores`. */
async function serveProcess({
  brokenStores = false,
  environment = {},
}: {
  brokenStores?: boolean;
  environment?: Readonly<Record<string, string>>;
}) {
  const index = join(await folderWith({}), "index");
  if (brokenStores) {
    for (const name of ["feedback.jsonl", "unanswered.jsonl"])
      await mkdir(join(index, name), { recursive: true });
  }
  const child = spawn(
    process.execPath,
    [MAIN, "serve", "--port", "0", "--corpus", await folderWith(ARTICLES), "--index", index],
    {
      env: {
        ...process.env,
        LANG: "en_US.UTF-8",
        LC_ALL: "",
        WENJU_LOG_LEVEL: "debug",
        WENJU_ADMIN_TOKEN: TOKEN,
        WENJU_ALLOWED_ORIGINS: SITE,
        WENJU_SITE_KEYS: `${SITE}=${KEY}`,
        WENJU_TRUST_PROXY: "loopback",
        ...environment,
      },
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  child.stderr.on("data", (data) => {
    text += String(data);
  });
  const url = await firstLine(child);
  const stop = async () => {
    child.kill("SIGTERM");
    const [exitCode] = await once(child, "close");
    const lines: Line[] = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return { exitCode, text, lines };
  };
  return { url, stop };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  while (!text.includes("\n")) text += String((await once(stdout!, "data"))[0]);
  return text.split("\n")[0]!;
}
