import { RequestError } from "../request-error.ts";

/** In bytes of UTF-8; file systems take 255. */
const LONGEST = 200;

/** Not in a path, not on other systems, and nothing that is not seen: controls, marks of direction, half characters. */
const REFUSED = /[\p{C}\\/:*?"<>|]/u;

/** A name in the corpus's list of words, not an article. */
const WORD_LIST = "words.txt";

/** Checks the name that an article's file is to have in the corpus folder. Throws `file-name-invalid` or `file-type-unsupported`. */
export function parseFileName(given: unknown): string {
  if (typeof given !== "string") throw new RequestError("file-name-invalid");
  const name = given.normalize("NFC");
  if (name === "" || REFUSED.test(name) || /^[.\s]|[.\s]$/u.test(name) || Buffer.byteLength(name) > LONGEST)
    throw new RequestError("file-name-invalid");
  if (name.toLowerCase() === WORD_LIST) throw new RequestError("file-name-invalid");
  if (!/.\.(?:txt|md)$/iu.test(name)) throw new RequestError("file-type-unsupported");
  return name;
}
