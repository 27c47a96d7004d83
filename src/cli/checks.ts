import { access, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Config } from "../config.ts";
import { readCorpus } from "../corpus/read-corpus.ts";
import type { EmbeddingModel } from "../embed/embedding-model.ts";
import { openEmbeddingModel } from "../embed/open-embedding-model.ts";
import { SpokenError } from "../errors.ts";
import { checkIndex } from "../indexing/check-index.ts";
import { openIndex } from "../indexing/open-index.ts";
import { probePort } from "../server/probe-port.ts";
import type { Texts } from "./terminal.ts";

/** One thing that `wenju doctor` looks at: tells what it found, throws where that will not do. */
export type Check = {
  readonly name: Texts;
  readonly run: (config: Config, signal: AbortSignal) => Promise<Texts | string>;
};

export const CHECKS: readonly Check[] = [
  { name: { zh: "Node.js", en: "Node.js" }, run: checkNode },
  { name: { zh: "原生模块", en: "native modules" }, run: checkNativeModules },
  { name: { zh: "模型", en: "model" }, run: checkModel },
  { name: { zh: "文章", en: "articles" }, run: checkCorpus },
  { name: { zh: "索引", en: "index" }, run: checkIndexState },
  { name: { zh: "磁盘", en: "disk" }, run: checkDisk },
  { name: { zh: "端口", en: "port" }, run: checkPort },
  { name: { zh: "网页", en: "pages" }, run: checkPages },
];

async function checkNode(): Promise<string> {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 10)) return node;
  throw new SpokenError("USAGE", {
    zh: `Node.js ${node} 太旧，请安装 20.10 或更高版本。`,
    en: `Node.js ${node} is too old; install 20.10 or later.`,
  });
}

async function checkNativeModules(): Promise<string> {
  const modules = ["hnswlib-node", "@node-rs/jieba"];
  for (const name of modules) {
    await import(name).catch((cause: unknown) => {
      throw new SpokenError(
        "INTERNAL",
        {
          zh: `${name} 不能加载：${messageOf(cause)}。请安装 python3、make、g++ 后重新运行 npm ci。`,
          en: `${name} does not load: ${messageOf(cause)}. Install python3, make and g++, then run npm ci again.`,
        },
        { cause },
      );
    });
  }
  return modules.join(", ");
}

/** Opening checks every file's hash; one text through it proves the runtime. */
async function checkModel({ model }: Config, signal: AbortSignal): Promise<Texts> {
  return withModel(model, signal, async (opened) => {
    await opened.embedQuery("问据", { signal });
    return {
      zh: `${opened.id}，${opened.dimensions} 维`,
      en: `${opened.id}, ${opened.dimensions} dimensions`,
    };
  });
}

async function checkCorpus({ corpusFolder }: Config, signal: AbortSignal): Promise<Texts> {
  const { articles, skipped } = await readCorpus(corpusFolder, { signal });
  const names = skipped.map(({ file, reason }) => `${file}: ${reason}`).join(" ");
  return {
    zh: `${corpusFolder} 中有 ${articles.length} 篇${names && `；跳过 ${skipped.length} 个文件：${names}`}`,
    en: `${articles.length} in ${corpusFolder}${names && `; ${skipped.length} files skipped: ${names}`}`,
  };
}

/** A missing or stale index is in order: the next start builds it. */
async function checkIndexState(
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

/** In bytes; an index of ten thousand passages takes about half. */
const LEAST_FREE = 100 * 1024 * 1024;

async function checkDisk({ indexFolder }: Config): Promise<Texts> {
  const folder = await nearestFolder(indexFolder);
  await tryWriting(folder);
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / 1024 / 1024);
  if (bavail * bsize < LEAST_FREE) {
    throw new SpokenError("INDEX_NOT_WRITABLE", {
      zh: `${folder} 只剩 ${megabytes} MB，请腾出 100 MB，或用 --index 换一个文件夹。`,
      en: `${folder} has ${megabytes} MB left; free 100 MB, or choose another folder with --index.`,
    });
  }
  return { zh: `${folder} 可写，剩余 ${megabytes} MB`, en: `${folder} can be written, ${megabytes} MB free` };
}

async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  return exists || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

async function tryWriting(folder: string): Promise<void> {
  try {
    const trial = await mkdtemp(join(folder, ".wenju-doctor-"));
    await writeFile(join(trial, "trial"), "问据").finally(() => rm(trial, { recursive: true }));
  } catch (cause) {
    throw new SpokenError(
      "INDEX_NOT_WRITABLE",
      {
        zh: `${folder} 不能写入：${messageOf(cause)}。请检查权限，或用 --index 换一个文件夹。`,
        en: `${folder} cannot be written: ${messageOf(cause)}. Check its permissions, or choose another folder with --index.`,
      },
      { cause },
    );
  }
}

async function checkPort({ host, port }: Config): Promise<Texts> {
  await probePort(host, port);
  return { zh: `${host}:${port} 可用`, en: `${host}:${port} is free` };
}

async function checkPages({ webFolder }: Config): Promise<string> {
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

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
