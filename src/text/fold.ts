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
