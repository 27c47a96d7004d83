/** What an organisation's name ends with, and a text then shortens it to. */
const HEADS = ["医院", "学校", "公司", "集团", "大学"];
const LONGEST = 14;
const SHORTEST = 4;

/**
 * The organisation that a text is about, by the name it uses most: 湘潭市中心医院, not 医院 and not 在湘潭市中心医院.
 * Undefined where no name stands there three times.
 */
export function mainName(text: string): string | undefined {
  let best: { name: string; weight: number } | undefined;
  for (const [name, count] of countNames(text)) {
    const weight = count * (name.length - SHORTEST + 1);
    if (count >= 3 && (!best || weight > best.weight)) best = { name, weight };
  }
  return best?.name;
}

/** Every run of Chinese characters that ends with such a head, at every length. */
function countNames(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { index, 0: head } of text.matchAll(new RegExp(HEADS.join("|"), "gu"))) {
    const end = index + head.length;
    const run = /\p{Script=Han}*$/u.exec(text.slice(Math.max(0, end - LONGEST), end))?.[0] ?? "";
    for (let length = SHORTEST; length <= run.length; length += 1) {
      const name = run.slice(-length);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
