import { Converter } from "opencc-js/t2cn";

/** Taiwanese words and glyphs to mainland ones: 資訊 → 信息, 裡 → 里. */
const toSimplified = Converter({ from: "twp", to: "cn" });

/**
 * The form in which texts and questions are compared: NFKC (full-width letters and digits become half-width), lower case,
 * simplified characters. For searching only; lengths may change, so offsets in it mean nothing in the original.
 */
export function fold(text: string): string {
  return toSimplified(text.normalize("NFKC").toLowerCase());
}

const foldedCharacters = new Map<string, string>();

/** Like `fold`, one character at a time, so that offsets stay those of the original. Knows no words: 資訊 → 资讯. */
export function foldAligned(text: string): string {
  let result = "";
  for (const character of text) {
    let folded = foldedCharacters.get(character);
    if (folded === undefined) {
      folded = fold(character);
      if (folded.length !== character.length) folded = character;
      foldedCharacters.set(character, folded);
    }
    result += folded;
  }
  return result;
}
