// loaded with --import into a server that is watched: on SIGUSR2 it writes to WENJU_OBSERVED how late its event loop ran since the
// last time, and what memory is left after a collection
import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

if (process.argv[2] === "serve") {
  const file = process.env.WENJU_OBSERVED;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  process.on("SIGUSR2", () => {
    const inMilliseconds = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - 5);
    const delays = {
      p50: inMilliseconds(delay.percentile(50)),
      p99: inMilliseconds(delay.percentile(99)),
      max: inMilliseconds(delay.max),
    };
    collect();
    collect(); // what the first one has found to be free may hold more
    const { rss, heapUsed, external } = process.memoryUsage();
    writeFileSync(`${file}.new`, JSON.stringify({ delays, rss, live: heapUsed + external }));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}
