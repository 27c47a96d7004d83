import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { byCodeUnit } from "./article-id.ts";
import type { SkippedFile } from "./skipped-file.ts";
import { WORD_LIST } from "./word-list.ts";

/** The paths of the files below a folder, with `/` between their parts, in order; dot files are not there at all. */
export async function listFiles(folder: string): Promise<{ paths: string[]; skipped: SkippedFile[] }> {
  const paths: string[] = [];
  const skipped: SkippedFile[] = [];
  const visit = async (below: string) => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.name.startsWith(".") || path === WORD_LIST) continue;
      if (entry.isDirectory())
        await visit(path).catch((error: unknown) => skipped.push(unreadableFolder(path, error)));
      else if (entry.isFile()) paths.push(path);
      else skipped.push(notAFile(path, entry));
    }
  };
  await visit("");
  return { paths: paths.sort(byCodeUnit), skipped };
}

function unreadableFolder(file: string, error: unknown): SkippedFile {
  const why = error instanceof Error ? error.message : String(error);
  return { file, code: "UNREADABLE", reason: `The folder cannot be read: ${why}.` };
}

function notAFile(file: string, entry: Dirent): SkippedFile {
  return entry.isSymbolicLink()
    ? {
        file,
        code: "SYMLINK",
        reason: "It is a symbolic link, and links are not followed. Copy the file here.",
      }
    : { file, code: "UNREADABLE", reason: "It is neither a file nor a folder." };
}
