import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { administered, codeOf } from "../../support/servers/administered.ts";
import { folderWith } from "../../support/servers/served-chatbot.ts";

const FILES = { "a.txt": "甲\n\n甲的第一句。\n", "b.txt": "乙\n\n乙的第一句。\n" };
const TEXT = "青溪大桥\n\n青溪大桥由沈仲安设计。\n";

const raw = (body: BodyInit = TEXT, type = "text/plain") => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});
const json = (body: unknown) => raw(JSON.stringify(body), "application/json");
const upload = (name: string, more = "") => `/articles?name=${encodeURIComponent(name)}${more}`;

describe("an upload", () => {
  it.each([
    ["as it is", upload("青溪大桥.txt"), raw()],
    ["as JSON", "/articles", json({ name: "青溪大桥.txt", text: TEXT })],
  ])("%s comes to stand in the folder, whole, and is indexed", async (_how, path, init) => {
    const { send, corpusFolder, reindexing } = await administered(FILES);
    const response = await send(path, init);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ id: "青溪大桥", file: "青溪大桥.txt", replaced: false });
    expect(await readFile(join(corpusFolder, "青溪大桥.txt"), "utf8")).toBe(TEXT);
    expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt", "青溪大桥.txt"]);
    expect(reindexing.requests).toBe(1);
  });

  it("keeps the bytes of a file that is not UTF-8", async () => {
    const { send, corpusFolder } = await administered(FILES);
    const bytes = Uint8Array.from([0xc7, 0xe0, 0xcf, 0xaa, 0x0a]);
    expect((await send(upload("gbk.TXT"), raw(bytes, "application/octet-stream"))).status).toBe(201);
    expect(new Uint8Array(await readFile(join(corpusFolder, "gbk.TXT")))).toEqual(bytes);
  });

  it("overwrites nothing unless it is asked to", async () => {
    const { send, corpusFolder, reindexing } = await administered(FILES);
    const refused = await send(upload("a.txt"), raw());
    expect([refused.status, await codeOf(refused)]).toEqual([409, "ARTICLE_EXISTS"]);
    expect(await readFile(join(corpusFolder, "a.txt"), "utf8")).toBe(FILES["a.txt"]);
    expect(reindexing.requests).toBe(0);
    for (const other of ["0", "true", ""])
      expect((await send(upload("a.txt", `&replace=${other}`), raw())).status).toBe(409);
    const replaced = await send(upload("a.txt", "&replace=1"), raw());
    expect(replaced.status).toBe(200);
    expect(await replaced.json()).toEqual({ id: "a", file: "a.txt", replaced: true });
    expect(await readFile(join(corpusFolder, "a.txt"), "utf8")).toBe(TEXT);
  });

  it("is one of many of the same name: one is kept, the others are refused", async () => {
    const { send, corpusFolder } = await administered(FILES);
    const texts = Array.from({ length: 8 }, (_, i) => `第${i}篇\n\n这是第${i}篇文章。\n`);
    const statuses = await Promise.all(
      texts.map(async (text) => (await send(upload("c.txt"), raw(text))).status),
    );
    expect(statuses.sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect(texts).toContain(await readFile(join(corpusFolder, "c.txt"), "utf8"));
    expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt", "c.txt"]);
  });

  it.each([
    ["no type", upload("c.txt"), { method: "POST", body: new Uint8Array([65]) }, 415],
    ["a picture", upload("c.txt"), raw(TEXT, "image/png"), 415],
    ["a form", upload("c.txt"), raw(TEXT, "multipart/form-data; boundary=x"), 415],
    [
      "compressed bytes",
      upload("c.txt"),
      { ...raw(), headers: { "content-type": "text/plain", "content-encoding": "gzip" } },
      415,
    ],
    ["nothing", upload("c.txt"), raw(""), 400],
    ["no name", "/articles", raw(), 400],
    ["two names", "/articles?name=c.txt&name=d.txt", raw(), 400],
    ["another kind of file", upload("c.pdf"), raw(), 415],
    ["JSON that is none", "/articles", raw("{", "application/json"), 400],
    ["JSON without a text", "/articles", json({ name: "c.txt" }), 400],
    [
      "JSON with half a character",
      "/articles",
      raw('{"name":"c.txt","text":"\\ud800"}', "application/json"),
      400,
    ],
    ["JSON whose name is a list", "/articles", json({ name: ["c.txt"], text: TEXT }), 400],
    ["JSON that is a list", "/articles", json(["c.txt", TEXT]), 400],
    ["too much", upload("c.txt"), raw(new Uint8Array(2 * 1024 * 1024 + 1)), 413],
  ])("of %s is refused, and nothing is written", async (_what, path, init, status) => {
    const { send, corpusFolder, reindexing } = await administered(FILES);
    const response = await send(path, init);
    expect(response.status).toBe(status);
    expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt"]);
    expect(reindexing.requests).toBe(0);
  });

  it("of too much, sent in pieces, is refused where it becomes too much", async () => {
    const { send, corpusFolder } = await administered(FILES);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        if (sent > 50_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { ...raw(), body, duplex: "half" } as RequestInit;
    const response = await send(upload("c.txt"), init).catch(() => undefined);
    expect(response?.status ?? 413).toBe(413);
    expect(sent).toBeLessThan(20_000_000);
    expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt"]);
  });
});

const BAD_NAMES = [
  "../c.txt",
  "..\\c.txt",
  "/etc/c.txt",
  "C:\\c.txt",
  "c:d.txt",
  "sub/c.txt",
  "sub\\c.txt",
  "./c.txt",
  ".c.txt",
  "..txt",
  ".txt",
  "c.txt/",
  "c.txt\0.md",
  "c\0.txt",
  "c\n.txt",
  "c\r\n.txt",
  "c\t.txt",
  "\u202etxt.c.txt",
  "c\u200b.txt",
  "\ufeffc.txt",
  "c\ud800.txt",
  "c*.txt",
  "c?.txt",
  'c".txt',
  "c<.txt",
  "c>.txt",
  "c|.txt",
  " c.txt",
  "c.txt ",
  "c.txt.",
  "words.txt",
  "WORDS.TXT",
  "",
  `${"字".repeat(70)}.txt`,
  "..%2fc.txt/../../x.txt",
  "....//c.txt",
  "~/c.txt",
];

describe("a file's name", () => {
  it("takes no path, no leading dot, no control and no mark of direction, however it is written", async () => {
    const { send, corpusFolder } = await administered(FILES);
    for (const name of BAD_NAMES) {
      const response = await send("/articles", json({ name, text: TEXT }));
      expect([name, response.status]).toEqual([name, 400]);
    }
    expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt"]);
    expect((await readdir(join(corpusFolder, ".."))).filter((name) => name === "c.txt")).toEqual([]);
  });

  it.each(["..%2fc.txt", "%2e%2e%2fc.txt", "..%5cc.txt", "%00c.txt", "a%2f..%2fc.txt"])(
    "that an address hides is read once and refused: %s",
    async (name) => {
      const { send, corpusFolder } = await administered(FILES);
      expect((await send(`/articles?name=${name}`, raw())).status).toBe(400);
      expect((await readdir(corpusFolder)).sort()).toEqual(["a.txt", "b.txt"]);
    },
  );

  it.each(["“医”路高歌·2024（上）.txt", "湘潭 中心医院.md", "O’Neill — notes.MD"])(
    "may be what articles are called: %s",
    async (name) => {
      const { send, corpusFolder } = await administered(FILES);
      expect((await send(upload(name), raw())).status).toBe(201);
      expect(existsSync(join(corpusFolder, name))).toBe(true);
    },
  );

  it("is the same however its accents are stored", async () => {
    const { send } = await administered(FILES);
    expect((await send(upload("cafe\u0301.txt"), raw())).status).toBe(201);
    expect((await send(upload("caf\u00e9.txt"), raw())).status).toBe(409);
  });
});

describe("a link in the folder", () => {
  it("is neither overwritten nor followed by an upload", async () => {
    const outside = join(await folderWith({ "secret.txt": "外面" }), "secret.txt");
    const { send, corpusFolder } = await administered(FILES);
    await symlink(outside, join(corpusFolder, "link.txt"));
    await symlink("/nonexistent", join(corpusFolder, "dangling.txt"));
    await mkdir(join(corpusFolder, "folder.txt"));
    for (const name of ["link.txt", "dangling.txt", "folder.txt"]) {
      for (const more of ["", "&replace=1"]) {
        expect((await send(upload(name, more), raw())).status).toBe(403);
      }
    }
    expect(await readFile(outside, "utf8")).toBe("外面");
    expect((await lstat(join(corpusFolder, "link.txt"))).isSymbolicLink()).toBe(true);
  });

  it("is no article: it is neither listed nor deleted, nor is what lies behind it", async () => {
    const outside = await folderWith({ "secret.txt": "外面" });
    const { send, corpusFolder } = await administered(FILES);
    await symlink(join(outside, "secret.txt"), join(corpusFolder, "link.txt"));
    await symlink(outside, join(corpusFolder, "sub"));
    const { articles } = await (await send("/articles")).json();
    expect(articles.map(({ id }: { id: string }) => id)).toEqual(["a", "b"]);
    for (const id of ["link", "sub-secret"])
      expect((await send(`/articles/${id}`, { method: "DELETE" })).status).toBe(404);
    expect(existsSync(join(outside, "secret.txt"))).toBe(true);
  });
});

describe("a deletion", () => {
  it("removes the file of the article, below folders too, and has it indexed", async () => {
    const { send, corpusFolder, reindexing } = await administered({
      ...FILES,
      "2024/丙.md": "丙\n\n丙的话。\n",
    });
    const response = await send(`/articles/${encodeURIComponent("2024-丙")}`, { method: "DELETE" });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ id: "2024-丙", file: "2024/丙.md" });
    expect(await readdir(join(corpusFolder, "2024"))).toEqual([]);
    expect(reindexing.requests).toBe(1);
  });

  it("removes only the file that is meant, where it is named", async () => {
    const { send, corpusFolder } = await administered({ ...FILES, "a b.txt": "一\n\n一。\n" });
    const other = await send(`/articles/a-b?file=${encodeURIComponent("a-b.txt")}`, { method: "DELETE" });
    expect(other.status).toBe(409);
    expect(existsSync(join(corpusFolder, "a b.txt"))).toBe(true);
    const meant = await send(`/articles/a-b?file=${encodeURIComponent("a b.txt")}`, { method: "DELETE" });
    expect(meant.status).toBe(200);
  });

  it("of the last article is refused: nothing would be left to ask", async () => {
    const { send, corpusFolder } = await administered({ "a.txt": FILES["a.txt"] });
    expect((await send("/articles/a", { method: "DELETE" })).status).toBe(409);
    expect(existsSync(join(corpusFolder, "a.txt"))).toBe(true);
  });

  it.each([
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "..%5ca",
    "a.txt",
    "%2fetc%2fpasswd",
    "a%00",
    "A",
    "a%20",
    "%E0%A4%A",
    "nobody",
    "a%2f..%2fb",
    ".hidden",
    "words",
    encodeURIComponent("字".repeat(200)),
  ])("of %s finds nothing and removes nothing", async (id) => {
    const { send, corpusFolder, reindexing } = await administered({
      ...FILES,
      ".hidden.txt": "藏",
      "words.txt": "词\n",
    });
    const { status } = await send(`/articles/${id}`, { method: "DELETE" });
    expect([400, 404]).toContain(status);
    expect((await readdir(corpusFolder)).sort()).toEqual([".hidden.txt", "a.txt", "b.txt", "words.txt"]);
    expect(reindexing.requests).toBe(0);
  });
});

describe("a folder that cannot be written", () => {
  it("is told as such, with what the system says and without its place, until it can be written again", async () => {
    const { send, corpusFolder } = await administered(FILES);
    await rm(corpusFolder, { recursive: true });
    const response = await send(upload("c.txt"), raw());
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(body).toContain("ARTICLE_NOT_SAVED");
    expect(body).toContain("ENOENT");
    expect(body).not.toContain(corpusFolder);
    await mkdir(corpusFolder);
    expect((await send(upload("c.txt"), raw())).status).toBe(201);
  });
});

describe("what the one who keeps the articles is told", () => {
  it("names every file, and what became of it", async () => {
    const { send, reindexing } = await administered({ ...FILES, "kong.txt": "", "tu.png": "图" });
    const skipped = [{ file: "kong.txt", code: "EMPTY" as const, reason: "It is empty." }];
    reindexing.status = {
      state: "current",
      report: {
        articles: 2,
        passages: 2,
        sentences: 2,
        embedded: 2,
        reused: 0,
        seconds: 1,
        generation: "g",
        upToDate: false,
        skipped,
        at: "2026-11-22T00:00:00.000Z",
      },
    };
    const { articles } = await (await send("/articles")).json();
    expect(articles.map(({ file, indexed }: { file: string; indexed: boolean }) => [file, indexed])).toEqual([
      ["a.txt", false],
      ["b.txt", false],
      ["kong.txt", false],
    ]);
    expect(articles[2]).toMatchObject({ bytes: 0, skipped: { code: "EMPTY", reason: "It is empty." } });
    expect(articles[0]).not.toHaveProperty("skipped");
  });

  it("is what goes on: how far a run has come, and what the last one came to nothing by", async () => {
    const { send, reindexing } = await administered(FILES);
    reindexing.status = {
      state: "failed",
      failure: { code: "INDEX_NOT_WRITABLE", message: "The disk is full.", at: "x", retryAt: "y" },
    };
    expect(await (await send("/status")).json()).toMatchObject({
      state: "failed",
      failure: { code: "INDEX_NOT_WRITABLE", message: "The disk is full." },
    });
    reindexing.status = { state: "indexing", progress: { stage: "embedding", done: 3, total: 9 } };
    const response = await send("/reindex", { method: "POST" });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ state: "indexing", progress: { done: 3, total: 9 } });
    expect(reindexing.requests).toBe(1);
  });
});
