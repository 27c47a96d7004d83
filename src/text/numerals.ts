const DIGITS = new Map([..."零一二三四五六七八九"].map((digit, value) => [digit, value]));
DIGITS.set("〇", 0).set("两", 2);
const SMALL_UNITS = new Map([
  ["十", 10],
  ["百", 100],
  ["千", 1000],
]);
const LARGE_UNITS = new Map([
  ["万", 10_000],
  ["亿", 100_000_000],
]);

const NUMERAL = /百分之[〇零一二两三四五六七八九十百点\d.]+|[〇零一二两三四五六七八九十百千万亿点]+/gu;

/**
 * The numbers that a folded text writes in Chinese numerals, in Arabic ones: 五十三天 → "53", 二〇二一年 → "2021",
 * 百分之二 → "2%". Single digits are left out unless they are a percentage: 一 and 三 are mostly parts of words.
 */
export function arabicNumbers(folded: string): string[] {
  const numbers: string[] = [];
  for (const [numeral] of folded.matchAll(NUMERAL)) {
    const isPercentage = numeral.startsWith("百分之");
    const digits = isPercentage ? numeral.slice(3) : numeral;
    if (digits.length < 2 && !isPercentage) continue;
    const value = /^[\d.]+$/u.test(digits) ? Number(digits) : parseNumeral(digits);
    if (value !== undefined && Number.isFinite(value))
      numbers.push(isPercentage ? `${value}%` : String(value));
  }
  return numbers;
}

/** The value of one Chinese numeral, or undefined where the characters are none (万亿, 点一). */
export function parseNumeral(numeral: string): number | undefined {
  const [whole = "", fraction, ...rest] = numeral.split("点");
  if (rest.length > 0 || whole === "") return undefined;
  const integer = parseInteger(whole);
  if (integer === undefined || fraction === undefined) return integer;
  const decimals = [...fraction].map((digit) => DIGITS.get(digit));
  if (decimals.length === 0 || decimals.includes(undefined)) return undefined;
  return Number(`${integer}.${decimals.join("")}`);
}

function parseInteger(numeral: string): number | undefined {
  const characters = [...numeral];
  if (characters.every((character) => DIGITS.has(character))) {
    return Number(characters.map((character) => DIGITS.get(character)).join(""));
  }
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const character of characters) {
    const small = SMALL_UNITS.get(character);
    const large = LARGE_UNITS.get(character);
    if (small !== undefined) {
      section += (digit ?? 1) * small;
      digit = undefined;
    } else if (large !== undefined) {
      if (section + (digit ?? 0) === 0) return undefined;
      total = (total + section + (digit ?? 0)) * large;
      section = 0;
      digit = undefined;
    } else {
      digit = DIGITS.get(character);
    }
  }
  return total + section + (digit ?? 0);
}
