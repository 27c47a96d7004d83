import { isIP, isIPv4 } from "node:net";
import { SpokenError } from "../../errors.ts";

/** How clients are told apart, and how much one of them may ask. */
export type ClientSettings = {
  /** Of one address; 0 is without end. */
  readonly questionsPerMinute: number;
  /** Whose `X-Forwarded-For` is believed: so many proxies before the server, or the proxies at these addresses. */
  readonly trustedProxies: number | readonly string[];
};

/** Nobody is limited, and no proxy is believed. */
export const ANY_CLIENT: ClientSettings = { questionsPerMinute: 0, trustedProxies: [] };

/** Whether anything may stand between the server and its clients. */
export function believesProxies({ trustedProxies }: ClientSettings = ANY_CLIENT): boolean {
  return typeof trustedProxies === "number" ? trustedProxies > 0 : trustedProxies.length > 0;
}

/** The settings as an operator writes them; an empty one is one that is not set. */
export type ClientVariables = {
  readonly questionsPerMinute?: string | undefined;
  readonly trustProxy?: string | undefined;
};

/** A question every twelve seconds from each of sixty readers in one office, who share an address. */
const DEFAULT_QUESTIONS_PER_MINUTE = 300;

/** Reads `120`, and `1` or `loopback,10.0.0.0/8`; throws `CONFIG_INVALID` at what will not do. */
export function parseClientSettings({ questionsPerMinute, trustProxy }: ClientVariables): ClientSettings {
  return { questionsPerMinute: parseLimit(questionsPerMinute), trustedProxies: parseProxies(trustProxy) };
}

function parseLimit(setting = ""): number {
  const text = setting.trim();
  if (text === "") return DEFAULT_QUESTIONS_PER_MINUTE;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_QUESTIONS_PER_MINUTE 应当是 0 到 999999 之间的整数，0 表示不限，而不是“${text}”。`,
    en: `WENJU_QUESTIONS_PER_MINUTE must be a whole number from 0 (no limit) to 999999, not "${text}".`,
  });
}

function parseProxies(setting = ""): ClientSettings["trustedProxies"] {
  const text = setting.trim();
  if (text === "") return [];
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const entries = text.split(",").map((entry) => entry.trim());
  const wrong = entries.find((entry) => !isSubnet(entry));
  if (wrong === undefined) return entries;
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_TRUST_PROXY 里的“${wrong}”不能用。请写服务前面代理的层数，例如 1；或代理的地址，例如 loopback 或 10.0.0.0/8，用逗号分开。`,
    en: `"${wrong}" in WENJU_TRUST_PROXY cannot be used. Write how many proxies stand before the server, such as 1, or their addresses, such as loopback or 10.0.0.0/8, separated by commas.`,
  });
}

/** Names that Express knows. */
const NAMED_SUBNETS: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);

function isSubnet(entry: string): boolean {
  if (NAMED_SUBNETS.has(entry)) return true;
  const [address = "", length, ...rest] = entry.split("/");
  if (isIP(address) === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (isIPv4(address) ? 32 : 128));
}
