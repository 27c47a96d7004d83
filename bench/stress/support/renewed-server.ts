import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Config, readConfig } from "../../../src/config.ts";
import { LiveChatbot } from "../../../src/live-chatbot.ts";
import { openChatbot, suggestFrom } from "../../../src/open-chatbot.ts";
import { keepUpToDate } from "../../../src/reindexing/keep-up-to-date.ts";
import type { ReindexStatus } from "../../../src/server/admin/reindexing.ts";
import { WaitingLine } from "../../../src/server/admission/waiting-line.ts";
import { startServer } from "../../../src/server/start-server.ts";

/** A server in this process that watches a corpus folder of its own. */
export type RenewedServer = {
  readonly url: string;
  readonly config: Config;
  readonly live: LiveChatbot;
  readonly status: () => ReindexStatus;
  /** Changes the folder and resolves once another edition answers. */
  renew(change: () => Promise<unknown>): Promise<void>;
};

/** Room for so many questions at once: who is turned away says nothing about what is answered. */
const ROOM = { places: 8, most: 1_000, mostInRush: 1_000 };

/** Serves the bundled articles and these files while `work` runs; nothing of it stays on disk. */
export async function withRenewedServer<T>(
  files: Readonly<Record<string, string>>,
  work: (server: RenewedServer) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "wenju-stress-"));
  const corpusFolder = join(folder, "corpus");
  await cp("corpus", corpusFolder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(corpusFolder, name), text);
  const config = { ...readConfig({}, {}), corpusFolder, indexFolder: join(folder, "index"), watch: true };
  const { live, model } = await openLive(config);
  const { reindexer, close } = await keepUpToDate(config, { live, model, quietMs: 200 });
  const server = await startServer({
    ...{ chatbot: live, webFolder: config.webFolder, host: "127.0.0.1", port: 0 },
    questions: { line: new WaitingLine(ROOM), deadlineMs: 120_000 },
  });
  const status = () => reindexer.status;
  const renew = async (change: () => Promise<unknown>): Promise<void> => {
    await until(() => status().state === "current", "The index does not come to rest.");
    const before = live.current.generation;
    await change();
    await until(() => live.current.generation !== before, "No other edition comes.");
    await until(() => status().state === "current", "The index does not come to rest.");
  };
  try {
    return await work({ url: server.url, config, live, status, renew });
  } finally {
    await server.close();
    await close();
    await model.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openLive(config: Config) {
  const { chatbot, index, model } = await openChatbot(config);
  const { generation, passages } = index;
  const suggestions = await suggestFrom(chatbot);
  return { model, live: new LiveChatbot({ chatbot, suggestions, generation, passages: passages.length }) };
}

/** Looks every few milliseconds, for a minute and a half. */
export async function until(holds: () => boolean, complaint: string): Promise<void> {
  for (let looked = 0; looked < 30_000; looked++) {
    if (holds()) return;
    await delay(3);
  }
  throw new Error(complaint);
}
