import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MODEL_CATALOG } from "../../../src/embed/catalog.ts";

export const BUNDLED_MODEL = MODEL_CATALOG[0]!;

/** A copy of the bundled model below `folder`, under another name, to change and to damage. */
export async function copyModel(
  folder: string,
  files: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const copy = join(folder, "我的模型");
  await cp(BUNDLED_MODEL.folder, copy, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(copy, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return copy;
}
