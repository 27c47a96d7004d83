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

/** 12,000, in a folded text. */
const GROUPED = /(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])/gu;
const NUMERAL = /百分之[〇零一二两三四五六七八九十百点\d.]+|[〇零一二两三四五六七八九十百千万亿点]+/gu;

/**
 * The numbers that a folded text writes in Chinese numerals or in groups of digits, in plain Arabic ones: 五十三天 → "53",
 * 二〇二一年 → "2021", 百分之二 → "2%", 12,000人 → "12000". Single digits are left out unless they are a percentage: 一 and 三
 * are mostly parts of words.
 */
export function arabicNumbers(folded: string): string[] {
  const numbers = Array.from(folded.matchAll(GROUPED), ([grouped]) => grouped.replaceAll(",", ""));
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
  let digit = 0;
  let unit = 1;
  for (const [i, character] of characters.entries()) {
    const small = SMALL_UNITS.get(character);
    const large = LARGE_UNITS.get(character);
    if (small !== undefined) {
      section += (DIGITS.has(characters[i - 1] ?? "") ? digit : 1) * small;
      digit = 0;
      unit = small;
    } else if (large !== undefined) {
      const amount = section + digit;
      if (total + amount === 0) return undefined;
      // 一亿二千万 adds up, 一万亿 multiplies
      total = total < large ? (total + amount) * large : total + amount * large;
      section = 0;
      digit = 0;
      unit = large;
    } else {
      const value = DIGITS.get(character);
      if (value === undefined) return undefined;
      digit = value;
      if (digit === 0) unit = 1;
    }
  }
  // 三万五 is short for 三万五千
  return total + section + (unit > 1 ? (digit * unit) / 10 : digit);
}
