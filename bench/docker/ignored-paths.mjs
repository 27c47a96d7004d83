import { readFile } from "node:fs/promises";

/** Reads a .dockerignore; the function it gives tells of a path below the context whether it stays out of it. The last rule that fits decides. */
export async function readIgnoredPaths(file) {
  const lines = (await readFile(file, "utf8")).split("\n").map((line) => line.trim());
  const rules = lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ keeps: line.startsWith("!"), pattern: toPattern(line.replace(/^!/, "")) }));
  return (path) => {
    let ignored = false;
    for (const { keeps, pattern } of rules) if (pattern.test(path)) ignored = !keeps;
    return ignored;
  };
}

/** A rule for a folder holds for everything below it. */
function toPattern(glob) {
  const source = glob
    .split(/(\*\*\/|\*)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"))
    .join("");
  return new RegExp(`^${source}(?:/.*)?$`);
}

const WILDCARDS = { "**/": "(?:.*/)?", "*": "[^/]*" };
