import { createHash } from "node:crypto";

/** JSON that carries the SHA-256 of itself, readable for people. */
export function sealJson(body: unknown): string {
  return `${JSON.stringify({ sha256: sealOf(body), body }, undefined, 1)}\n`;
}

/** The body of what `sealJson` made; `undefined` where the text is anything else. */
export function unsealJson(text: string): unknown {
  try {
    const { sha256, body } = JSON.parse(text) as { sha256?: unknown; body?: unknown };
    return sealOf(body) === sha256 ? body : undefined;
  } catch {
    return undefined;
  }
}

function sealOf(body: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(body) ?? "")
    .digest("hex");
}
