import { readFile } from "node:fs/promises";

/** The rows of a file of tab-separated values, its head line aside. */
export async function readTable(file: string): Promise<string[][]> {
  const [, ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => line.split("\t"));
}
