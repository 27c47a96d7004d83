import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { folderWith, HOSPITAL, serve } from "../../support/servers/served-chatbot.ts";

const PAGES = {
  "index.html": "<title>问据</title>",
  "articles.html": "<title>文章</title>",
  "article.html": "<title>文章</title>",
  "demo.html": "<title>嵌入</title>",
  "widget.js": "export {};",
  "assets/index-ABCD1234.js": "export {};",
  "assets/plain.css": "body{}",
  "assets/fonts/noto.woff2": "wOF2",
};

describe("the pages", () => {
  it.each([
    ["/", "text/html"],
    ["/articles", "text/html"],
    [`/articles/${HOSPITAL.id}`, "text/html"],
    ["/demo", "text/html"],
    ["/widget.js", "text/javascript"],
  ])("%s is served fresh, as %s", async (path, type) => {
    const { url } = await serve({ webFolder: await folderWith(PAGES) });
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });

  it("lets browsers keep fonts, and assets whose name changes with their content", async () => {
    const { url } = await serve({ webFolder: await folderWith(PAGES) });
    const cacheControl = async (path: string) => (await fetch(url + path)).headers.get("cache-control");
    expect(await cacheControl("/assets/index-ABCD1234.js")).toBe("public, max-age=31536000, immutable");
    expect(await cacheControl("/assets/fonts/noto.woff2")).toBe("public, max-age=604800");
    expect(await cacheControl("/assets/plain.css")).toBe("no-cache");
  });

  it("come compressed where that is wanted and there, whole otherwise", async () => {
    const page = "<title>问据</title>";
    const webFolder = await folderWith({ ...PAGES, "index.html": page, "assets/app.js": "export {};" });
    await writeFile(join(webFolder, "index.html.br"), brotliCompressSync(page));
    await writeFile(join(webFolder, "index.html.gz"), gzipSync(page));
    await writeFile(join(webFolder, "assets/app.js.gz"), gzipSync("export {};"));
    const { url } = await serve({ webFolder });
    const load = async (path: string, encoding: string) => {
      const response = await fetch(url + path, { headers: { "accept-encoding": encoding } });
      const { headers } = response;
      expect(headers.get("vary"), path).toMatch(/accept-encoding/i);
      return [headers.get("content-encoding"), headers.get("content-type"), await response.text()];
    };
    const html = "text/html; charset=utf-8";
    const script = "text/javascript; charset=utf-8";
    expect(await load("/", "gzip, br")).toEqual(["br", html, page]);
    expect(await load("/", "gzip")).toEqual(["gzip", html, page]);
    expect(await load("/", "br;q=0, gzip;q=0")).toEqual([null, html, page]);
    expect(await load("/assets/app.js", "br, gzip")).toEqual([null, script, "export {};"]);
    expect(await load("/assets/app.js", "gzip")).toEqual(["gzip", script, "export {};"]);
  });

  it("shows the viewer for an unknown article, with 404", async () => {
    const { url } = await serve({ webFolder: await folderWith(PAGES) });
    const response = await fetch(`${url}/articles/nobody`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(PAGES["article.html"]);
  });

  it("serves nothing outside its folders", async () => {
    const webFolder = await folderWith({ ...PAGES, "secret.txt": "密", "assets/.env": "密" });
    await symlink(join(webFolder, "secret.txt"), join(webFolder, "secret.html"));
    const { url } = await serve({ webFolder });
    for (const path of [
      "/secret.txt",
      "/assets/..%2fsecret.txt",
      "/assets/%2e%2e/secret.txt",
      "/assets/..%5csecret.txt",
      "/assets/.env",
      "/assets/",
      "/assets/%00",
      "//secret.txt",
    ]) {
      const response = await fetch(url + path);
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      expect(response.status, path).toBeLessThan(500);
      expect(await response.text(), path).not.toContain("密");
    }
  });

  it("says how to build the pages where they are not built", async () => {
    const { url } = await serve();
    const response = await fetch(url, { headers: { accept: "text/html" } });
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(await response.text()).toContain("npm run build");
  });

  it("runs own scripts only, in no frame, and does not say what it is made of", async () => {
    const { url } = await serve({ webFolder: await folderWith(PAGES) });
    const { headers } = await fetch(url);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' data:;connect-src 'self';" +
        "base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("server")).toBeNull();
  });

  it("lets other sites load the widget and its assets, but neither pages nor articles", async () => {
    const { url } = await serve({ webFolder: await folderWith(PAGES) });
    const policy = async (path: string) => {
      const { headers } = await fetch(url + path);
      return [headers.get("cross-origin-resource-policy"), headers.get("access-control-allow-origin")];
    };
    expect(await policy("/widget.js")).toEqual(["cross-origin", "*"]);
    expect(await policy("/assets/plain.css")).toEqual(["cross-origin", "*"]);
    expect(await policy("/")).toEqual(["same-origin", null]);
    expect(await policy(`/api/articles/${HOSPITAL.id}`)).toEqual(["same-origin", null]);
  });
});
