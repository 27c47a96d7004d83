import type { Place } from "./article-blocks.ts";

/** Reads `#c=120-348,500-560`; what is not a place is left out. */
export function parsePlaces(hash: string): Place[] {
  const list = new URLSearchParams(hash.replace(/^#/, "")).get("c") ?? "";
  return list.split(",").flatMap((item) => {
    const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(item.trim()) ?? [];
    const place = { start: Number(start), end: Number(end) };
    return place.start < place.end ? [place] : [];
  });
}
