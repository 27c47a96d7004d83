import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { DEFAULT_MODEL_ID } from "./embed/catalog.ts";
import { SpokenError } from "./errors.ts";
import { parseSites } from "./server/access/parse-sites.ts";
import type { SiteAccess } from "./server/access/site-access.ts";
import { parseAdminToken } from "./server/admin/parse-admin-token.ts";
import { type ClientSettings, parseClientSettings } from "./server/admission/client-settings.ts";
import { parseKeepDays } from "./server/journal/parse-keep-days.ts";
import { type LogSettings, parseLogSettings } from "./server/observing/log-settings.ts";

/** Where everything is; every path is absolute. */
export type Config = {
  readonly corpusFolder: string;
  readonly indexFolder: string;
  /** An id of the model catalog, or a folder in transformers.js layout. */
  readonly model: string;
  readonly host: string;
  readonly port: number;
  /** The built pages. */
  readonly webFolder: string;
  /** Readers' ratings, one JSON object a line. */
  readonly feedbackFile: string;
  /** What readers asked in vain, one JSON object a line. */
  readonly unansweredFile: string;
  /** Days that a line of these files is kept; 0 keeps nothing. */
  readonly keepDays: number;
  readonly log: LogSettings;
  /** Whether articles that change while the server runs are indexed. */
  readonly watch: boolean;
  /** What lets articles be added and removed over HTTP; without it, nothing does. */
  readonly adminToken: string | undefined;
  /** The other sites that may ask. */
  readonly sites: SiteAccess;
  /** How clients are told apart, and how much one of them may ask. */
  readonly clients: ClientSettings;
};

/** What a command line may say; it goes before the environment. */
export type ConfigFlags = { readonly [Name in Setting]?: string | undefined };

/**
 * Reads the settings from flags, then `WENJU_*` variables, then defaults.
 * Throws `CONFIG_INVALID` where one cannot be used.
 */
export function readConfig(flags: ConfigFlags = {}, environment: Environment = process.env): Config {
  const setting = (name: Setting) => readSetting(name, flags, environment);
  const corpusFolder = resolve(setting("corpus") ?? DEFAULT_CORPUS);
  const index = setting("index");
  const { WENJU_ALLOWED_ORIGINS: allowedOrigins, WENJU_SITE_KEYS: siteKeys } = environment;
  const { WENJU_QUESTIONS_PER_MINUTE: questionsPerMinute, WENJU_TRUST_PROXY: trustProxy } = environment;
  const { WENJU_LOG_LEVEL: level, WENJU_LOG_QUESTIONS: questions, WENJU_KEEP_DAYS: keepDays } = environment;
  const { WENJU_ADMIN_TOKEN: adminToken } = environment;
  const indexFolder = index === undefined ? defaultIndexFolder(corpusFolder, environment) : resolve(index);
  return {
    corpusFolder,
    indexFolder,
    model: setting("model") ?? DEFAULT_MODEL_ID,
    host: setting("host") ?? "127.0.0.1",
    port: Number(setting("port") ?? 8787),
    webFolder: join(PACKAGE_FOLDER, "dist", "web"),
    feedbackFile: join(indexFolder, "feedback.jsonl"),
    unansweredFile: join(indexFolder, "unanswered.jsonl"),
    keepDays: parseKeepDays(keepDays),
    log: parseLogSettings({ level, questions }),
    watch: setting("watch") === "1",
    adminToken: parseAdminToken(adminToken),
    sites: parseSites({ allowedOrigins, siteKeys }),
    clients: parseClientSettings({ questionsPerMinute, trustProxy }),
  };
}

type Setting = "corpus" | "index" | "model" | "host" | "port" | "watch";
type Environment = Readonly<Record<string, string | undefined>>;

/** This file lies one folder below it, as source and as built. */
const PACKAGE_FOLDER = fileURLToPath(new URL("..", import.meta.url));
const DEFAULT_CORPUS = join(PACKAGE_FOLDER, "corpus");

/** Each corpus has an index of its own, so that asking one never overwrites what was made of another. */
function defaultIndexFolder(corpusFolder: string, environment: Environment): string {
  const home = indexHome(environment);
  if (corpusFolder === DEFAULT_CORPUS) return home;
  const hash = createHash("sha256").update(corpusFolder).digest("hex").slice(0, 8);
  return join(home, `${basename(corpusFolder)}-${hash}`);
}

/** A checkout keeps its index with it; an installed package may be read-only and is replaced by every upgrade. */
function indexHome(environment: Environment): string {
  if (!/[\\/]node_modules[\\/]/.test(PACKAGE_FOLDER)) return join(PACKAGE_FOLDER, "index");
  const { XDG_CACHE_HOME: cacheHome } = environment;
  return join(cacheHome || join(homedir(), ".cache"), "wenju");
}

/** An empty variable is one that is not set, as in `WENJU_PORT= npm start`; an empty flag is a mistake. */
function readSetting(name: Setting, flags: ConfigFlags, environment: Environment): string | undefined {
  const variable = `WENJU_${name.toUpperCase()}`;
  const [source, value] =
    flags[name] === undefined ? [variable, environment[variable] || undefined] : [`--${name}`, flags[name]];
  if (value === undefined) return undefined;
  const result = SCHEMAS[name].safeParse(value);
  if (result.success) return result.data;
  throw invalidSetting(name, source, value);
}

const path = z
  .string()
  .min(1)
  .regex(/^[^\0]+$/);
const SCHEMAS = {
  corpus: path,
  index: path,
  model: path,
  host: z.string().regex(/^[\w.:%-]+$/),
  port: z
    .string()
    .regex(/^\d{1,5}$/)
    .refine((port) => Number(port) <= 65_535),
  watch: z.enum(["0", "1"]),
} as const satisfies Record<Setting, z.ZodType<string>>;

const EXPECTED = {
  corpus: { zh: "应当是一个文件夹", en: "must be a folder" },
  index: { zh: "应当是一个文件夹", en: "must be a folder" },
  model: { zh: "应当是模型的名称或文件夹", en: "must be the name or the folder of a model" },
  host: {
    zh: "应当是本机的地址，例如 127.0.0.1",
    en: "must be an address of this machine such as 127.0.0.1",
  },
  port: { zh: "应当是 0 到 65535 之间的整数", en: "must be a whole number from 0 to 65535" },
  watch: { zh: "应当是 0 或 1", en: "must be 0 or 1" },
} as const satisfies Record<Setting, { zh: string; en: string }>;

function invalidSetting(name: Setting, source: string, value: string): SpokenError {
  const { zh, en } = EXPECTED[name];
  return new SpokenError("CONFIG_INVALID", {
    zh: `${source} ${zh}，而不是“${value}”。`,
    en: `${source} ${en}, not "${value}".`,
  });
}
