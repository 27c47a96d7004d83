import { readFile } from "node:fs/promises";
import { z } from "zod";
import { WenjuError } from "../../../src/errors.ts";

const LINE = z.object({ title: z.string(), paras: z.array(z.string()) });

/** The texts of the articles `ids` by id: `n0` … are the lines of `articleFile`, counted from 0, all others stand in `featureFile`. */
export async function readArticleTexts(
  ids: Iterable<string>,
  { articleFile, featureFile }: { readonly articleFile: string; readonly featureFile: string },
): Promise<ReadonlyMap<string, string>> {
  const features = readFeatures(await readFile(featureFile, "utf8"));
  const lines = (await readLines(articleFile)).split("\n");
  return new Map(
    [...ids].map((id) => {
      const text = features.get(id) ?? readLine(lines[Number(id.slice(1))], `${articleFile}, ${id}`);
      return [id, text];
    }),
  );
}

/** Each begins with a line `=== f01 | title`. */
function readFeatures(text: string): ReadonlyMap<string, string> {
  const blocks = text.split(/^=== /mu).slice(1);
  return new Map(
    blocks.map((block) => {
      const [, id = "", title = "", body = ""] = /^(\S+) \| (.*)\n([\s\S]*)$/u.exec(block) ?? [];
      return [id, `${title}\n${body.trim()}`];
    }),
  );
}

async function readLines(file: string): Promise<string> {
  return readFile(file, "utf8").catch((cause: unknown) => {
    throw new WenjuError("QUESTION_SET_INVALID", `The article file ${file} cannot be read.`, { cause });
  });
}

function readLine(line: string | undefined, place: string): string {
  try {
    const { title, paras } = LINE.parse(JSON.parse(line ?? ""));
    return [title, ...paras].join("\n");
  } catch (cause) {
    throw new WenjuError("QUESTION_SET_INVALID", `${place} is not {"title", "paras"} in JSON.`, { cause });
  }
}
