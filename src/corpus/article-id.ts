const LONGEST = 120;

/** What `articleIds` makes, the number behind a repeated name included: nothing in it can lead out of a folder or an address. */
const ARTICLE_ID = /^[a-z0-9一-龥][a-z0-9_一-龥-]{0,127}$/u;

/** Whether a text can be the id of an article at all. */
export function isArticleId(text: string): boolean {
  return ARTICLE_ID.test(text);
}

/**
 * The ids of files, by path below the corpus folder: the path without its extension, in letters that need no escaping in
 * an address. Two files whose ids would be the same are told apart by a number, in the order of their paths.
 */
export function articleIds(paths: readonly string[]): Map<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of [...paths].sort(byCodeUnit)) {
    const plain = slug(path);
    let id = plain;
    for (let number = 2; taken.has(id); number++) id = `${plain}-${number}`;
    taken.add(id);
    ids.set(path, id);
  }
  return ids;
}

function slug(path: string): string {
  const name = path
    .replace(/\.[^./]+$/u, "")
    .normalize("NFKC")
    .toLowerCase();
  const plain = name.replace(/[^\w一-龥]+/gu, "-").replace(/^[-_]+|-+$/gu, "");
  return plain.slice(0, LONGEST).replace(/-+$/u, "") || "article";
}

/** The same order on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
