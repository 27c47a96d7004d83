import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { readCorpus } from "../../corpus/read-corpus.ts";
import type { EmbeddingModel } from "../../embed/embedding-model.ts";
import { openEmbeddingModel } from "../../embed/open-embedding-model.ts";
import { SpokenError } from "../../errors.ts";
import { checkIndex } from "../../indexing/check-index.ts";
import { openIndex } from "../../indexing/open-index.ts";
import type { Texts } from "../terminal.ts";

/** Opening checks every file's hash; one text through it proves the runtime. */
export async function checkModel({ model }: Config, signal: AbortSignal): Promise<Texts> {
  return withModel(model, signal, async (opened) => {
    await opened.embedQuery("问据", { signal });
    return {
      zh: `${opened.id}，${opened.dimensions} 维`,
      en: `${opened.id}, ${opened.dimensions} dimensions`,
    };
  });
}

export async function checkCorpus({ corpusFolder }: Config, signal: AbortSignal): Promise<Texts> {
  const { articles, skipped } = await readCorpus(corpusFolder, { signal });
  const names = skipped.map(({ file, reason }) => `${file}: ${reason}`).join(" ");
  return {
    zh: `${corpusFolder} 中有 ${articles.length} 篇${names && `；跳过 ${skipped.length} 个文件：${names}`}`,
    en: `${articles.length} in ${corpusFolder}${names && `; ${skipped.length} files skipped: ${names}`}`,
  };
}

/** A missing or stale index is in order: the next start builds it. */
export async function checkIndexState(
  { corpusFolder, indexFolder, model }: Config,
  signal: AbortSignal,
): Promise<Texts> {
  const demands = {
    indexFolder,
    ...(await withModel(model, signal, async ({ id, dimensions }) => ({ modelId: id, dimensions }))),
  };
  const state = await checkIndex({ ...demands, corpusFolder });
  if (state === "missing") return { zh: "还没有；下次启动时建立", en: "none yet; the next start builds it" };
  if (state === "stale")
    return { zh: "文章有变化；下次启动时更新", en: "articles have changed; the next start updates it" };
  const { passages, generation } = await openIndex(demands);
  return { zh: `${passages.length} 段（${generation}）`, en: `${passages.length} passages (${generation})` };
}

async function withModel<T>(
  model: string,
  signal: AbortSignal,
  use: (opened: EmbeddingModel) => Promise<T>,
): Promise<T> {
  const opened = await openEmbeddingModel({ model, signal });
  return use(opened).finally(() => opened.close());
}

export async function checkPages({ webFolder }: Config): Promise<string> {
  await access(join(webFolder, "index.html")).catch((cause: unknown) => {
    throw new SpokenError(
      "NOT_FOUND",
      {
        zh: `${webFolder} 里没有网页，请运行 npm run build。`,
        en: `There are no pages in ${webFolder}; run npm run build.`,
      },
      { cause },
    );
  });
  return webFolder;
}
