import { readFile } from "node:fs/promises";
import { z } from "zod";

const at = z.iso.datetime();

/** The lines of the feedback, as far as others read them. */
export const feedbackLine = z.object({ at, question: z.string().min(1), rating: z.enum(["up", "down"]) });

/** The lines of the unanswered questions. */
export const unansweredLine = z.object({ at, question: z.string().min(1), articles: z.array(z.string()) });

/** The entries of a journal, the oldest first; none where there is no file. Lines that are not whole, or not of this kind, are left out. */
export async function readJournal<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => {
    const { success, data } = schema.safeParse(parse(line));
    return success ? [data] : [];
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
