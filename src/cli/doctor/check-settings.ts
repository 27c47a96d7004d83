import { type Config, readConfig } from "../../config.ts";
import { SpokenError } from "../../errors.ts";
import type { Environment, Texts } from "../terminal.ts";

/** Names the settings that were made, and none of their values: a token may be among them. A name that nothing reads is a slip. */
export async function checkSettings(
  { log, keepDays }: Config,
  _signal: AbortSignal,
  environment: Environment,
): Promise<Texts> {
  const made = Object.keys(environment).filter((name) => name.startsWith("WENJU_") && environment[name]);
  const known = knownVariables();
  const unknown = made.filter((name) => !known.has(name));
  if (unknown.length > 0) throw unknownSettings(unknown, [...known].sort());
  const names = made.sort().join(", ");
  return {
    zh: `${names || "都是默认值"}；${log.questions ? "日志里记下问题原文" : "日志里不记问题"}，读者记录保留 ${keepDays} 天`,
    en: `${names || "all by default"}; questions are ${log.questions ? "" : "not "}logged, readers' stores are kept ${keepDays} days`,
  };
}

/** Those that are looked at when the settings are read. */
function knownVariables(): ReadonlySet<string> {
  const known = new Set<string>();
  const listener = new Proxy<Environment>({}, { get: (_target, name) => void known.add(String(name)) });
  readConfig({}, listener);
  return known;
}

function unknownSettings(names: readonly string[], known: readonly string[]): SpokenError {
  const settings = known.filter((name) => name.startsWith("WENJU_"));
  return new SpokenError("CONFIG_INVALID", {
    zh: `没有 ${names.join("、")} 这样的设置，请改名或删去。可用的有 ${settings.join("、")}。`,
    en: `There is no setting ${names.join(", ")}; rename or remove it. There are ${settings.join(", ")}.`,
  });
}
