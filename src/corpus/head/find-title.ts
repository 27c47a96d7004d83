import type { Block } from "../block.ts";

/** The title found among an article's blocks, and which of them it stands in. */
export type FoundTitle = { readonly title: string; readonly at: readonly number[] };

/**
 * The line that is most prominent as a title: marked above all others, followed by a subtitle or by the authors, or
 * simply first. A subtitle is joined to it with the dash that Chinese newspapers use.
 */
export function findTitle(blocks: readonly Block[]): FoundTitle | undefined {
  const top = topLevel(blocks);
  const scored = blocks.flatMap((block, i) => {
    if (block.kind !== "heading" || DASHED.test(block.text) || SECTION.test(block.text)) return [];
    return [{ i, score: prominence(blocks, i, top) }];
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { i: -1, score: 1 });
  return best.i < 0 ? undefined : withSubtitle(blocks, best.i);
}

const DASHED = /^(?:——|──|--|—)\s*/u;
const GENRE = /(?:纪实|綜述|综述|纪略|侧记|纪事|特写|巡礼|掠影|采访记|访谈录?|观察|启示录?|追踪|紀實|側記)$/u;

/** What heads a section, never an article. */
const SECTION =
  /^(?:结束语|结语|結語|前言|引言|导语|編者按|编者按|后记|後記|尾声|[A-Z][\s.、]|第?[一二三四五六七八九十\d]{1,3}[、.．章节]|[（(][一二三四五六七八九十\d]+[)）]|[●○■□◆◇★☆※•])/u;

function topLevel(blocks: readonly Block[]): number | undefined {
  const levels = blocks.flatMap(({ kind, level, text }) =>
    kind === "heading" && level && !SECTION.test(text) ? [level] : [],
  );
  const top = levels.reduce((least, level) => Math.min(least, level), Number.POSITIVE_INFINITY);
  return levels.filter((level) => level === top).length < levels.length ? top : undefined;
}

function prominence(blocks: readonly Block[], i: number, top: number | undefined): number {
  const { level, text } = blocks[i]!;
  const next = blocks[i + 1];
  return (
    (level === 1 ? 2 : 0) +
    (level === top ? 2 : 0) +
    (i === 0 ? 3 : 0) +
    (next && isSubtitle(next) ? 4 : 0) +
    (blocks.slice(i + 1, i + 3).some(({ byline }) => byline) ? 3 : 0) +
    (GENRE.test(text) ? 1 : 0)
  );
}

function isSubtitle({ kind, text }: Block): boolean {
  return (kind === "heading" || kind === "caption") && (DASHED.test(text) || GENRE.test(text));
}

/** The subtitle is the next line; where that is none, the only line of the article that names its genre. */
function withSubtitle(blocks: readonly Block[], i: number): FoundTitle {
  const title = blocks[i]!.text;
  const elsewhere = blocks.flatMap((block, at) =>
    block.kind === "heading" && at !== i && GENRE.test(block.text) ? [at] : [],
  );
  const next = blocks[i + 1];
  const at =
    next && isSubtitle(next)
      ? i + 1
      : elsewhere.length === 1 && !GENRE.test(title)
        ? elsewhere[0]
        : undefined;
  if (at === undefined) return { title, at: [i] };
  return { title: `${title}——${blocks[at]!.text.replace(DASHED, "")}`, at: [i, at] };
}
