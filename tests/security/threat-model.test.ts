import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MODEL = readFileSync(join(ROOT, "docs/security.md"), "utf8");
const POLICY = readFileSync(join(ROOT, "SECURITY.md"), "utf8");
const ENTRIES = MODEL.split(/^## /mu).filter((section) => /^LLM\d\d/u.test(section));

describe("the threat model", () => {
  it("goes through the ten entries of the list, in their order", () => {
    const numbers = ENTRIES.map((entry) => entry.slice(0, 5));
    expect(numbers).toEqual(Array.from({ length: 10 }, (_, i) => `LLM${String(i + 1).padStart(2, "0")}`));
  });

  it.each(ENTRIES.map((entry) => [entry.split("\n")[0]!, entry] as const))(
    "says of %s how it touches Wenju, what is done, and which test proves it",
    (_title, entry) => {
      for (const part of ["**Here:**", "**Done:**", "**Proof:**"]) expect(entry).toContain(part);
      expect(testsNamedIn(entry.slice(entry.indexOf("**Proof:**"))).length).toBeGreaterThan(0);
    },
  );

  it("names only tests, scripts and documents that exist", () => {
    const named = [...testsNamedIn(MODEL), ...testsNamedIn(POLICY)];
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const links = [...POLICY.matchAll(/\]\((?!https?:)([^)#]+)/gu)].map(([, path]) => path!);
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

function testsNamedIn(text: string): string[] {
  return Array.from(text.matchAll(/`((?:tests|bench|docs|docker)\/[\w./-]+)`/gu), ([, path]) => path!);
}
