import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathTricks } from "../../support/path-tricks.ts";
import { rawGet, sendRaw } from "../../support/servers/raw-request.ts";
import { folderWith, HOSPITAL, serve } from "../../support/servers/served-chatbot.ts";

const SECRET = "root:密文:0:0:";
const TRICKS = pathTricks("secret.txt");
/** Requests in flight at once. */
const ABREAST = 8;

describe("path traversal", () => {
  it("knows hundreds of ways to write it", () => {
    expect(TRICKS.length).toBeGreaterThan(200);
  });

  it.each(["/assets/", "/articles/", "/api/articles/"])(
    "leads nowhere from %s: 400 or 404, and nothing of the disk",
    async (door) => {
      const { port } = await serve({ webFolder: await siteWithSecretsAround() });
      const absolute = TRICKS.slice(0, 20).map((trick) => `http://localhost${door}${trick}`);
      const answers = await sendAll(port, [...TRICKS.map((trick) => door + trick), ...absolute]);
      const wrong = answers.filter(({ status, text }) => !isRefusal(status) || tellsSecrets(text));
      expect(wrong.map(({ target, status }) => `${status} ${target}`)).toEqual([]);
      expect((await sendRaw(port, rawGet("/healthz"))).status).toBe(200);
    },
    60_000,
  );

  it("leads nowhere where it is written in bytes that are no text", async () => {
    const { port } = await serve({ webFolder: await siteWithSecretsAround() });
    const bytes = [
      [0x2e, 0x2e, 0xc0, 0xaf],
      [0xc0, 0xae, 0xc0, 0xae, 0x2f],
      [0x2e, 0x2e, 0x00, 0x2f],
      [0xff, 0xfe, 0x2e, 0x00],
    ];
    for (const door of ["/assets/", "/articles/", "/api/articles/"]) {
      for (const trick of bytes) {
        const target = Buffer.concat([Buffer.from(door), Buffer.from(trick), Buffer.from("secret.txt")]);
        const { status, text } = await sendRaw(port, rawGet(target));
        expect([400, 404], `${door} ${trick}`).toContain(status);
        expect(tellsSecrets(text)).toBe(false);
      }
    }
  });

  it("does not follow a link among the assets or in place of a page, compressed or not", async () => {
    const webFolder = await siteWithSecretsAround();
    await symlink(join(webFolder, "..", "secret.txt"), join(webFolder, "assets", "page.css.br"));
    await symlink(join(webFolder, "..", "secret.txt"), join(webFolder, "demo.html"));
    const { url } = await serve({ webFolder });
    const compressed = await fetch(`${url}/assets/page.css`, { headers: { "accept-encoding": "br" } });
    expect([compressed.status, await compressed.text()]).toEqual([200, "body{}"]);
    expect((await fetch(`${url}/demo`)).status).toBe(404);
  });

  it("serves what lies in the folder itself, though the folder is reached by a link", async () => {
    const webFolder = await siteWithSecretsAround();
    await symlink(webFolder, `${webFolder}-linked`);
    const { url } = await serve({ webFolder: `${webFolder}-linked` });
    expect((await fetch(`${url}/assets/page.css`)).status).toBe(200);
    expect((await fetch(`${url}/articles/${HOSPITAL.id}`)).status).toBe(200);
  });
});

/** A built site, and around it what must not get out: beside it, above it, hidden in it, and linked from it. */
async function siteWithSecretsAround(): Promise<string> {
  const around = await folderWith({
    "secret.txt": SECRET,
    "web/secret.txt": SECRET,
    "web/.env": SECRET,
    "web/article.html": "<title>文章</title>",
    "web/assets/page.css": "body{}",
    "web/assets/.env": SECRET,
    "web/assets/.git/config": SECRET,
  });
  const assets = join(around, "web", "assets");
  await symlink(join(around, "secret.txt"), join(assets, "link.txt"));
  await symlink("../../secret.txt", join(assets, "link.css"));
  await symlink(around, join(assets, "linked-folder"));
  await mkdir(join(assets, "self"));
  await symlink(join(around, "secret.txt"), join(assets, "self", "link.txt"));
  await writeFile(join(around, "web", "widget.js"), "export {};");
  return join(around, "web");
}

async function sendAll(port: number, targets: readonly string[]) {
  const answers: { target: string; status: number; text: string }[] = [];
  for (let at = 0; at < targets.length; at += ABREAST) {
    const sent = targets.slice(at, at + ABREAST).map(async (target) => {
      const { status, text } = await sendRaw(port, rawGet(target));
      return { target, status, text };
    });
    answers.push(...(await Promise.all(sent)));
  }
  return answers;
}

function isRefusal(status: number): boolean {
  return status === 400 || status === 404;
}

function tellsSecrets(text: string): boolean {
  return /密文|root:|\[fonts\]|\[core\]|PATH=/u.test(text);
}
