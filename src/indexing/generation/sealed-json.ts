import { createHash } from "node:crypto";

/** JSON that carries the SHA-256 of itself, readable for people. */
export function sealJson(body: unknown): string {
  const text = JSON.stringify(body) ?? "";
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `${JSON.stringify({ sha256, body }, undefined, 1)}\n`;
}

/** The body of what `sealJson` made; `undefined` where the text differs from that in as much as a space. */
export function unsealJson(text: string): unknown {
  try {
    const { body } = JSON.parse(text) as { body?: unknown };
    return sealJson(body) === text ? body : undefined;
  } catch {
    return undefined;
  }
}
