/** Kinds of institutions, as alternatives of a pattern. */
export const INSTITUTIONS = "医院|卫生院|保健院|大学|学院|中学|小学|公司|集团|银行|研究院|研究所";

/** What an institution is, which ends its name. */
export const INSTITUTION = new RegExp(INSTITUTIONS, "u");

/** What many institutions share. */
const COMMON = new RegExp(
  `第[一二三四五六七八九十\\d]+|中心|人民|附属|综合|[省市县区镇乡村州]|(?:${INSTITUTIONS})$`,
  "gu",
);

/** In characters: how far before its kind a name may begin. */
const LONGEST = 14;

/**
 * Whether a folded text may speak of an institution: it names it, or something of its kind whose name is the other's with characters left
 * out, as Chinese shortens names (湘潭市第一人民医院: 湘潭一医院), or shares what tells it from others (湘潭). 市中心医院 has nothing of the sort.
 */
export function maySpeakOf(institution: string, text: string): boolean {
  if (text.includes(institution)) return true;
  const kind = institution.slice(institution.search(INSTITUTION));
  const own = institution.replace(COMMON, "");
  for (let at = text.indexOf(kind); at >= 0; at = text.indexOf(kind, at + 1)) {
    const before = WORDS_BEFORE.exec(text.slice(Math.max(0, at - LONGEST), at))![0];
    const mentioned = before + kind;
    if (isShortenedTo(mentioned, institution) || endsLike(own, mentioned.replace(COMMON, ""))) return true;
  }
  return false;
}

const WORDS_BEFORE = /[\p{Script=Han}\p{Script=Latin}\d]*$/u;

/** Whether `short` is `long` with characters left out. */
function isShortenedTo(long: string, short: string): boolean {
  let found = 0;
  for (const character of long) if (character === short[found]) found++;
  return found >= short.length;
}

/** Whether a text ends with two characters or more of `name` in their order, or with all of a shorter one. */
function endsLike(name: string, text: string): boolean {
  const end = text.slice(-Math.min(2, name.length));
  return end.length > 0 && end.length === Math.min(2, name.length) && isShortenedTo(name, end);
}
