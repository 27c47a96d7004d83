import type { Passage } from "../chunk/passage.ts";
import { searchTerms } from "../text/search-terms.ts";

/** What a passage is found by: its own terms, and once those of its article's title and of its headings. */
export function passageTerms({ title, headings, text }: Passage): string[] {
  return searchTerms([title, ...headings, text].join("\n"));
}
