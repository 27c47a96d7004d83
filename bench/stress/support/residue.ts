import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RenewedServer } from "./renewed-server.ts";

/** A file to be served first, and removed later. */
export const SECRET_ID = "secret";
export const SECRET_FILE = `${SECRET_ID}.txt`;
const SECRET = "璆琳山庄的钥匙藏在第七棵银杏树下。";
export const SECRET_TEXT = `山庄\n\n${SECRET}\n`;

/** Every place, on disk and in what the server says, that holds something of the file. */
export async function tracesOfSecret({ url, config: { indexFolder } }: RenewedServer): Promise<string[]> {
  const found: string[] = [];
  const hashed = createHash("sha256").update(SECRET, "utf8").digest();
  for (const name of await readdir(indexFolder, { recursive: true })) {
    const bytes = await readFile(join(indexFolder, name)).catch(() => Buffer.alloc(0));
    if ([SECRET, "璆琳", hashed].some((trace) => bytes.includes(trace))) found.push(name);
  }
  for (const path of ["/api/articles", `/api/search?q=${encodeURIComponent(SECRET)}&limit=50`]) {
    const body = await (await fetch(url + path)).text();
    if (body.includes("璆琳") || body.includes('"secret"')) found.push(path);
  }
  if ((await fetch(`${url}/api/articles/secret`)).ok) found.push("/api/articles/secret");
  return found;
}
