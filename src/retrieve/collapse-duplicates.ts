import type { Passage } from "../chunk/passage.ts";
import { fold } from "../text/fold.ts";
import type { Hit } from "./hit.ts";

/** Of what two passages hold together, the share that both must hold to count as one. */
const SAME = 0.7;

/**
 * Leaves out what stands in the list already: the same news in another article, word for word or nearly so. Looks at the first hits,
 * until `limit` different ones are found; the rest follows as it is.
 */
export function collapseDuplicates(hits: readonly Hit[], limit: number): Hit[] {
  const kept: Sketched[] = [];
  for (const [i, hit] of hits.entries()) {
    if (kept.length === limit) return [...kept.map(({ hit }) => hit), ...hits.slice(i)];
    const sketched = { hit, articleId: hit.passage.articleId, sketch: sketchOf(hit.passage) };
    if (!kept.some((other) => isSame(other, sketched))) kept.push(sketched);
  }
  return kept.map(({ hit }) => hit);
}

type Sketched = { readonly hit: Hit; readonly articleId: string; readonly sketch: readonly number[] };

function isSame(one: Sketched, other: Sketched): boolean {
  if (one.articleId === other.articleId) return false;
  if (Math.min(one.sketch.length, other.sketch.length) < FEWEST) return false;
  return resemblance(one.sketch, other.sketch) >= SAME;
}

/** In characters: what a passage is cut into, so that a changed word costs a few pieces and not a sentence. */
const PIECE = 5;
/** How many of a passage's pieces stand for it, those with the lowest hashes; passages with fewer than so many are too short to tell. */
const SKETCH = 64;
const FEWEST = 16;

const sketches = new WeakMap<Passage, readonly number[]>();

/** The lowest hashes of its pieces, in order: a bottom-k sketch (Broder: On the resemblance and containment of documents, 1997). */
function sketchOf(passage: Passage): readonly number[] {
  let sketch = sketches.get(passage);
  if (!sketch) {
    const text = fold(passage.text).replace(/[^\p{L}\p{N}]+/gu, "");
    const hashes = new Set<number>();
    for (let start = 0; start + PIECE <= text.length; start++) hashes.add(hash(text, start));
    sketch = [...hashes].sort((a, b) => a - b).slice(0, SKETCH);
    sketches.set(passage, sketch);
  }
  return sketch;
}

/** So many of `SKETCH` hashes that are not shared, and the rest could not make two passages count as one. */
const MOST_MISSED = SKETCH * (1 - SAME);

/**
 * Of the lowest hashes of both together, the share that both have: an estimate of the Jaccard coefficient. 0 as soon as it is sure to be
 * below `SAME`, which for nearly all pairs it soon is.
 */
function resemblance(one: readonly number[], other: readonly number[]): number {
  let shared = 0;
  let seen = 0;
  for (let i = 0, j = 0; seen < SKETCH && i < one.length && j < other.length; seen++) {
    const [low, high] = [one[i]!, other[j]!];
    if (low === high) shared++;
    else if (seen + 1 - shared > MOST_MISSED) return 0;
    if (low <= high) i++;
    if (high <= low) j++;
  }
  return seen === 0 ? 0 : shared / seen;
}

/** FNV-1a over the UTF-16 units of one piece, mixed once more so that its lowest values are spread evenly. */
function hash(text: string, start: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < start + PIECE; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
}
