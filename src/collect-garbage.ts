import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Frees what this thread holds no more, and stops it for some hundredths of a second: for the rare moments in which tens of
 * megabytes were let go that V8 by itself would keep for minutes, while others come.
 */
export function collectGarbage(): void {
  collect ??= exposeCollector();
  collect();
}

function exposeCollector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
