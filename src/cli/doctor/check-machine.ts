import { access, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Config } from "../../config.ts";
import { SpokenError } from "../../errors.ts";
import { probePort } from "../../server/probe-port.ts";
import type { Texts } from "../terminal.ts";

export async function checkNode(): Promise<string> {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 10)) return node;
  throw new SpokenError("USAGE", {
    zh: `Node.js ${node} 太旧，请安装 20.10 或更高版本。`,
    en: `Node.js ${node} is too old; install 20.10 or later.`,
  });
}

export async function checkNativeModules(): Promise<string> {
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

/** In bytes; an index of ten thousand passages takes about half. */
const LEAST_FREE = 100 * 1024 * 1024;

export async function checkDisk({ indexFolder }: Config): Promise<Texts> {
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

export async function checkPort({ host, port }: Config): Promise<Texts> {
  await probePort(host, port);
  return { zh: `${host}:${port} 可用`, en: `${host}:${port} is free` };
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
