const PARTS =
  /^(?<first>[^，,。？?！!；;]{2,24}?)(?:以及|和|与|跟|及|、)(?<second>[^，,。？?！!；;]{2,24}?)(?<rest>(?:在|的|于|从|各|分别|都|一共|目前|现在|去年|今年)[^。！!]*)$/u;
const OF_EACH = /各自|各(?!种|类|位|级|界|项|方)|分别/u;

/** 甲医院和乙医院各有多少床位 → 甲医院有多少床位, 乙医院有多少床位. Any other question comes back alone. */
export function splitComparison(question: string): string[] {
  const { first, second, rest } = PARTS.exec(question.trim())?.groups ?? {};
  if (!first || !second || !rest || !OF_EACH.test(rest) || !areAlike(first, second)) return [question];
  const wanted = rest.replace(OF_EACH, "");
  return [`${first}${wanted}`, `${second}${wanted}`];
}

/** Two of a kind end alike: 医院 and 医院, 中心 and 中心. */
function areAlike(first: string, second: string): boolean {
  return first.slice(-2) === second.slice(-2);
}
