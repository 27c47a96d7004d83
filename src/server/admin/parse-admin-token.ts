import { SpokenError } from "../../errors.ts";

/** In characters: what cannot be guessed by asking. */
const SHORTEST = 16;
const LONGEST = 512;

/**
 * Reads `WENJU_ADMIN_TOKEN`; `undefined` where it is not set. Throws `CONFIG_INVALID` where it is short or cannot stand in a header.
 * The message does not repeat it.
 */
export function parseAdminToken(setting = ""): string | undefined {
  if (setting === "") return undefined;
  const isUsable = /^[\x21-\x7e]+$/.test(setting);
  if (isUsable && setting.length >= SHORTEST && setting.length <= LONGEST) return setting;
  throw new SpokenError("CONFIG_INVALID", {
    zh: `WENJU_ADMIN_TOKEN 应当有 ${SHORTEST} 到 ${LONGEST} 个字符，只用字母、数字和英文标点。可以用 openssl rand -hex 32 生成。`,
    en: `WENJU_ADMIN_TOKEN must have ${SHORTEST} to ${LONGEST} characters, all of them printable ASCII without spaces. Make one with: openssl rand -hex 32`,
  });
}
