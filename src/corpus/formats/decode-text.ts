import { analyse } from "chardet";
import { SkippedFileError } from "../skipped-file.ts";

/**
 * The text of a file in UTF-8, GB18030 (so GBK and GB2312), Big5, or UTF-16 with its mark, without a byte order mark.
 * Throws a `SkippedFileError` for bytes that are no such text.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decodeMarked(bytes) ?? decodeAs("utf-8", bytes) ?? decodeChinese(bytes);
  if (text === undefined) {
    throw bytes.includes(0)
      ? new SkippedFileError("BINARY", "It is a binary file, not text.")
      : new SkippedFileError(
          "ENCODING_UNKNOWN",
          "Its encoding is not UTF-8, GB18030 or Big5. Save it as UTF-8.",
        );
  }
  if (looksBinary(text)) throw new SkippedFileError("BINARY", "It is a binary file, not text.");
  if (text.trim() === "") throw new SkippedFileError("EMPTY", "It is empty.");
  return text;
}

/** UTF-16 is only believed where the file says so: its bytes can be read as text in almost any order. */
function decodeMarked(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs("utf-16le", bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs("utf-16be", bytes);
  return undefined;
}

const CHINESE_ENCODINGS = ["gb18030", "big5"];

/** Of the Chinese encodings in which the bytes are valid, the one whose text looks most like Chinese. */
function decodeChinese(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  const guesses = analyse(bytes.subarray(0, 64 * 1024)).map(({ name }) => name.toLowerCase());
  const place = (encoding: string) => (guesses.indexOf(encoding) + guesses.length + 1) % (guesses.length + 1);
  const readings = CHINESE_ENCODINGS.flatMap((encoding) => {
    const text = decodeAs(encoding, bytes);
    return text !== undefined && commonShare(text) > 0
      ? [{ text, share: commonShare(text), place: place(encoding) }]
      : [];
  });
  return readings.sort((a, b) => b.share - a.share || a.place - b.place)[0]?.text;
}

const COMMON =
  /[的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經，。、：；“”]/gu;

/** The share of a text that stands among the commonest characters of Chinese: a third in prose, almost none in a wrong reading. */
function commonShare(text: string): number {
  const sample = text.slice(0, 20_000).replace(/[\s\p{ASCII}]/gu, "");
  return sample ? (sample.match(COMMON)?.length ?? 0) / sample.length : 0;
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text may hold a stray control character; a binary file is full of them. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 100_000);
  const controls = sample.match(/(?![\t\n\v\f\r\x85])\p{Cc}/gu)?.length ?? 0;
  return sample.includes("\0") || controls > sample.length / 100;
}
