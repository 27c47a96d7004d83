import { Converter } from "opencc-js/t2cn";

const toSimplifiedGlyphs = Converter({ from: "t", to: "cn" });
const toMainlandWords = Converter({ from: "twp", to: "cn" });

/**
 * The form in which texts and questions are compared: NFKC (full-width letters and digits become half-width), lower case,
 * simplified characters, Taiwanese words written in traditional ones as mainland words (資訊 → 信息). For searching only;
 * lengths may change, so offsets in it mean nothing in the original.
 */
export function fold(text: string): string {
  return simplify(text.normalize("NFKC").toLowerCase());
}

/**
 * The word tables also change words that both sides of the strait use (支援 → 支持): a word is changed only where a glyph of
 * it was traditional.
 */
function simplify(text: string): string {
  const glyphs = toSimplifiedGlyphs(text);
  if (glyphs === text) return text;
  const words = toMainlandWords(text);
  if (words.length !== text.length || glyphs.length !== text.length) return glyphs;
  let result = "";
  for (let start = 0; start < text.length; ) {
    let end = start + 1;
    const differs = words[start] !== glyphs[start];
    while (end < text.length && (words[end] !== glyphs[end]) === differs) end++;
    const isTraditional = text.slice(start, end) !== glyphs.slice(start, end);
    result += (differs && isTraditional ? words : glyphs).slice(start, end);
    start = end;
  }
  return result;
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
