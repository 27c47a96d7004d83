import { describe, expect, it } from "vitest";
import { chatbotThat, HOSPITAL, serve } from "../../support/servers/served-chatbot.ts";

describe("GET /api/articles", () => {
  it("lists every article without its text, and questions to start with", async () => {
    const { url } = await serve({ suggestions: ["刘毅带领多少名队员？"] });
    const { articles, suggestions } = await getJson(`${url}/api/articles`);
    expect(articles).toEqual([
      { id: HOSPITAL.id, title: "一颗红心向党", source: "株洲日报", length: HOSPITAL.text.length },
      { id: "2024-十堰-中西医", title: "十堰", source: "十堰晚报", length: 13 },
    ]);
    expect(suggestions).toEqual(["刘毅带领多少名队员？"]);
  });
});

describe("GET /api/articles/:id", () => {
  it("gives the text that spans are offsets in", async () => {
    const { url } = await serve();
    expect(await getJson(`${url}/api/articles/${HOSPITAL.id}`)).toEqual({
      ...HOSPITAL,
      length: HOSPITAL.text.length,
    });
  });

  it("knows articles by their encoded id", async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles/${encodeURIComponent("2024-十堰-中西医")}`);
    expect(await response.json()).toMatchObject({
      title: "十堰",
      headings: [{ span: { start: 0, end: 2 }, level: 0 }],
    });
  });

  it.each(["nobody", "株洲", "a".repeat(128)])("does not know %s", async (id) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles/${encodeURIComponent(id)}`);
    expect(response.status).toBe(404);
    expect((await response.json()).error.code).toBe("ARTICLE_NOT_FOUND");
  });

  it.each([
    "zhuzhou-zhongxin-2020.txt",
    "Zhuzhou",
    "-zhuzhou",
    "_zhuzhou",
    "2024/yiyuan",
    "十堰 中西医",
    "株洲\n",
    "ｚhuzhou",
    "a".repeat(129),
  ])("says of %j that no article can have this id", async (id) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles/${encodeURIComponent(id)}`);
    expect(response.status).toBe(400);
    expect((await response.json()).error.code).toBe("REQUEST_INVALID");
  });

  it.each([
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%252e%252e%252fetc%252fpasswd",
    "..%c0%af..%c0%afetc%c0%afpasswd",
    "%2fetc%2fpasswd",
    ".%2fpackage.json",
    "a%00.txt",
    "%",
    "%zz",
    "%ed%a0%80",
    "__proto__",
    "constructor",
    "a".repeat(5_000),
    "....%2f%2f....%2f%2fetc%2fpasswd",
  ])("answers the path trick %s with 4xx and nothing of the disk", async (id) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles/${id}`);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(Object.keys(await response.json())).toEqual(["error"]);
  });
});

describe("GET /api/search", () => {
  it("gives passages with their place and who found them", async () => {
    const { url } = await serve();
    const { hits } = await getJson(`${url}/api/search?q=${encodeURIComponent("治愈")}&limit=3`);
    expect(hits).toEqual([
      {
        passageId: `${HOSPITAL.id}#0-${HOSPITAL.text.length}`,
        articleId: HOSPITAL.id,
        title: HOSPITAL.title,
        headings: [],
        span: { start: 0, end: HOSPITAL.text.length },
        text: HOSPITAL.text,
        score: 0.8,
        ranks: { keyword: 1 },
      },
    ]);
  });

  it.each([
    "",
    "?q=",
    "?q=a&q=b",
    "?q=a&limit=0",
    "?q=a&limit=51",
    "?q=a&limit=-1",
    "?q=a&limit=x",
    "?q=a&limit=1e1",
  ])("refuses %j", async (query) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/search${query}`);
    expect(response.status).toBe(400);
    expect((await response.json()).error.code).toBe("REQUEST_INVALID");
  });
});

describe("every other address", () => {
  it.each(["/api", "/api/", "/api/nothing", "/api/ask/more", "/API/articles"])(
    "%s is not there",
    async (path) => {
      const { url } = await serve();
      const response = await fetch(url + path);
      expect(response.status).toBe(404);
      expect((await response.json()).error.code).toBe("NOT_FOUND");
    },
  );

  it("says that it is well and ready", async () => {
    const { url } = await serve({ chatbot: chatbotThat() });
    expect(await getJson(`${url}/healthz`)).toEqual({ status: "ok" });
    expect(await getJson(`${url}/readyz`)).toEqual({ status: "ready" });
  });
});

async function getJson(url: string) {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return response.json();
}
