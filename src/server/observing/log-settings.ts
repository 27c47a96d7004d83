import { SpokenError } from "../../errors.ts";

const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

export type LogSettings = {
  /** What is less important than this is not written. */
  readonly level: (typeof LOG_LEVELS)[number];
  /** Write what readers ask, too. */
  readonly questions: boolean;
};

/** The settings as an operator writes them; an empty one is one that is not set. */
export type LogVariables = { readonly level?: string | undefined; readonly questions?: string | undefined };

/** Reads `debug` and `1`; throws `CONFIG_INVALID` at what will not do. Without them: from `info` up, and no questions. */
export function parseLogSettings({ level, questions }: LogVariables): LogSettings {
  return { level: parseLevel(level || "info"), questions: parseSwitch(questions || "0") };
}

function parseLevel(text: string): LogSettings["level"] {
  const level = LOG_LEVELS.find((each) => each === text);
  if (level) return level;
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_LOG_LEVEL 应当是 ${LOG_LEVELS.join("、")} 之一，而不是“${text}”。`,
    en: `WENJU_LOG_LEVEL must be one of ${LOG_LEVELS.join(", ")}, not "${text}".`,
  });
}

/** What readers ask must not get into a log by a slip: only a plain `1` turns it on. */
function parseSwitch(text: string): boolean {
  if (text === "0" || text === "1") return text === "1";
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_LOG_QUESTIONS 应当是 1 或 0，而不是“${text}”。`,
    en: `WENJU_LOG_QUESTIONS must be 1 or 0, not "${text}".`,
  });
}
