import { SpokenError } from "../../errors.ts";
import type { SiteAccess } from "./site-access.ts";

/** The settings as an operator writes them; an empty one is one that is not set. */
export type SiteSettings = {
  readonly allowedOrigins?: string | undefined;
  readonly siteKeys?: string | undefined;
};

/** Reads `https://a.example,https://b.example` and `https://a.example=key`; throws `CONFIG_INVALID` at the first entry that will not do. */
export function parseSites({ allowedOrigins, siteKeys }: SiteSettings): SiteAccess {
  const origins = new Set(
    entriesOf(allowedOrigins).map((entry) => parseOrigin(entry, "WENJU_ALLOWED_ORIGINS")),
  );
  const keys = new Map<string, string>();
  for (const entry of entriesOf(siteKeys)) {
    const [origin, key] = parseKey(entry);
    if (keys.has(origin)) throw repeatedKey(origin);
    if (!origins.has(origin)) throw uselessKey(origin);
    keys.set(origin, key);
  }
  return { origins, keys };
}

function entriesOf(setting = ""): string[] {
  return setting.trim() === "" ? [] : setting.split(",").map((entry) => entry.trim());
}

function parseOrigin(entry: string, source: string): string {
  const origin = originOf(entry);
  if (origin === entry) return origin;
  const hint = origin ?? "https://www.example.org";
  throw new SpokenError("CONFIG_INVALID", {
    zh: `${source} 里的“${entry}”不是来源。请写协议和主机，不带路径和末尾的斜线，例如 ${hint}。`,
    en: `"${entry}" in ${source} is not an origin. Write scheme and host, without a path or a final slash, such as ${hint}.`,
  });
}

/** As a browser would send it: lower case, without the default port, names of other scripts in Punycode. */
function originOf(entry: string): string | undefined {
  if (!/^https?:\/\//i.test(entry) || entry.includes("*") || !URL.canParse(entry)) return undefined;
  return new URL(entry).origin;
}

function parseKey(entry: string): [origin: string, key: string] {
  const [site = "", ...rest] = entry.split("=");
  const key = rest.join("=");
  const origin = parseOrigin(site, "WENJU_SITE_KEYS");
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return [origin, key];
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_SITE_KEYS 里 ${origin} 的密钥不能用。请写 ${origin}=密钥，密钥为 1 到 200 个字母、数字或符号，没有空格和逗号。`,
    en: `The key of ${origin} in WENJU_SITE_KEYS cannot be used. Write ${origin}=key, with 1 to 200 letters, digits and signs, no space or comma.`,
  });
}

function repeatedKey(origin: string): SpokenError {
  return new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_SITE_KEYS 里 ${origin} 出现了两次。每个来源只写一个密钥。`,
    en: `${origin} stands twice in WENJU_SITE_KEYS. Give each origin one key.`,
  });
}

/** A key alone lets nobody in: better said now than found out on the site. */
function uselessKey(origin: string): SpokenError {
  return new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_SITE_KEYS 里的 ${origin} 不在 WENJU_ALLOWED_ORIGINS 里。请把它也写进去。`,
    en: `${origin} of WENJU_SITE_KEYS is not in WENJU_ALLOWED_ORIGINS. Add it there, too.`,
  });
}
