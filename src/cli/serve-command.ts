import { once } from "node:events";
import { type Config, type ConfigFlags, readConfig } from "../config.ts";
import { LiveChatbot } from "../live-chatbot.ts";
import { FeedbackLog } from "../server/journal/feedback-log.ts";
import { probePort } from "../server/probe-port.ts";
import { type RunningServer, startServer } from "../server/start-server.ts";
import type { CliContext } from "./cli-context.ts";
import { openWithProgress } from "./open-with-progress.ts";

/** `wenju serve`: serves until it is told to stop, then lets running answers finish. */
export async function runServe(flags: ConfigFlags, context: CliContext): Promise<number> {
  const config = readConfig(flags, context.environment);
  await probePort(config.host, config.port); // a taken port is better known before minutes of indexing
  const { chatbot, index, suggestions, close } = await openWithProgress(config, context);
  const { generation, passages } = index;
  const live = new LiveChatbot({ chatbot, suggestions, generation, passages: passages.length });
  try {
    const server = await startServer({
      ...listenOptions(config),
      chatbot: live,
      onFailure: say(context),
    });
    await serveUntilStopped(server, context);
    return 0;
  } finally {
    await close();
  }
}

function listenOptions({ host, port, webFolder, sites, clients, feedbackFile }: Config) {
  return { host, port, webFolder, sites, clients, feedback: new FeedbackLog(feedbackFile) };
}

async function serveUntilStopped(server: RunningServer, { terminal, signal }: CliContext): Promise<void> {
  terminal.print(server.url);
  terminal.say({ zh: "在浏览器里打开上面的地址；按 Ctrl+C 停止。", en: "Open this address; Ctrl+C stops." });
  if (!signal.aborted) await once(signal, "abort");
  terminal.say({ zh: "正在停止；先答完手上的问题。", en: "Stopping once running answers are done." });
  await server.close();
}

function say({ terminal }: CliContext) {
  return (error: unknown) => {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.say({ zh: `一个请求没有办成：${trace}`, en: `A request failed: ${trace}` });
  };
}
