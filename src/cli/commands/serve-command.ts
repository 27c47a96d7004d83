import { once } from "node:events";
import { type Config, type ConfigFlags, readConfig } from "../../config.ts";
import { ServerMetrics } from "../../server/observing/server-metrics.ts";
import { probePort } from "../../server/probe-port.ts";
import { type RunningServer, startServer } from "../../server/start-server.ts";
import type { CliContext } from "../cli-context.ts";
import { openReadersStores } from "../serving/readers-stores.ts";
import { openLive, startRenewal } from "../serving/renewal.ts";
import { openServeLog } from "../serving/serve-log.ts";

/** `--watch` takes no value. */
export type ServeFlags = Omit<ConfigFlags, "watch"> & { readonly watch?: boolean };

/** `wenju serve`: serves until it is told to stop, then lets running answers finish. */
export async function runServe({ watch, ...flags }: ServeFlags, caller: CliContext): Promise<number> {
  const config = readConfig({ ...flags, ...(watch && { watch: "1" }) }, caller.environment);
  await probePort(config.host, config.port); // a taken port is better known before minutes of indexing
  const { log, context } = openServeLog(config.log, caller);
  const opened = await openLive(config, context);
  const { live, model, scoring } = opened;
  const stores = openReadersStores(config, log);
  const metrics = new ServerMetrics({ ofProcess: true });
  metrics.watchHelpers({ embedding: () => model.restarts ?? 0, scoring: () => scoring?.deaths ?? 0 });
  try {
    const { feedback, unanswered } = stores;
    const observing = { log, logQuestions: config.log.questions, metrics, unanswered };
    const renewal = await startRenewal(config, opened, context);
    const { admin } = renewal;
    try {
      const serving = { ...listenOptions(config), ...observing, chatbot: live, feedback, admin };
      await serveUntilStopped(await startServer(serving), context);
      return 0;
    } finally {
      await renewal.close();
    }
  } finally {
    await stores.close();
    await opened.close();
  }
}

function listenOptions({ host, port, webFolder, sites, clients }: Config) {
  return { host, port, webFolder, sites, clients };
}

async function serveUntilStopped(server: RunningServer, { terminal, signal }: CliContext): Promise<void> {
  terminal.print(server.url);
  terminal.say({ zh: "在浏览器里打开上面的地址；按 Ctrl+C 停止。", en: "Open this address; Ctrl+C stops." });
  if (!signal.aborted) await once(signal, "abort");
  terminal.say({ zh: "正在停止；先答完手上的问题。", en: "Stopping once running answers are done." });
  await server.close();
}
