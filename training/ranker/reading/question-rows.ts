import { readFile } from "node:fs/promises";
import { z } from "zod";
import { WenjuError } from "../../../src/errors.ts";

const ROW = z.object({ src: z.string().min(4), q: z.string(), ctx: z.string().min(1) });

/** A question of a public set and the context it was written about. */
export type QuestionRow = z.infer<typeof ROW>;

/**
 * Reads `{ src, q, ctx }`, one JSON object a line. A row's id is the first four letters of `src` and the number of its line,
 * from 0: `drcd0`. Throws `QUESTION_SET_INVALID`.
 */
export async function readQuestionRows(file: string): Promise<Map<string, QuestionRow>> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new WenjuError("QUESTION_SET_INVALID", `The question file ${file} cannot be read.`, { cause });
  });
  return new Map(
    text
      .trimEnd()
      .split("\n")
      .map((line, number) => {
        const row = parseRow(line, `${file}, line ${number + 1}`);
        return [`${row.src.slice(0, 4)}${number}`, row];
      }),
  );
}

function parseRow(line: string, place: string): QuestionRow {
  try {
    return ROW.parse(JSON.parse(line));
  } catch (cause) {
    throw new WenjuError("QUESTION_SET_INVALID", `${place} is not {"src", "q", "ctx"} in JSON.`, { cause });
  }
}
