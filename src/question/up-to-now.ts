import { tokenize } from "../text/tagged-words.ts";

/** jieba knows some of these as one word: 到目前为止. */
const NOW = /^(?:(?:直?到|截[至止]|至|迄)?(?:现在|目前|如今|眼下|现今)|[至迄]今)(?:为止)?$/u;
const TODAY = /^(?:今天|今日|今)$/u;
const UP_TO = /^(?:直?到|截[至止]|至|迄)$/u;
const TILL_THEN = /^为止$/u;

/**
 * A folded question without its 到现在 and 截至目前: a reader's now is not the article's, which says 自开诊以来 or nothing, and so the
 * words tell no sentence from another. 今天 alone stays: it asks about a day.
 */
export function dropUpToNow(text: string): string {
  const tokens = tokenize(text);
  let kept = "";
  let end = 0;
  for (let i = 0; i < tokens.length; i++) {
    const first = UP_TO.test(tokens[i]!.word) ? i + 1 : i;
    const now = tokens[first]?.word ?? "";
    if (!NOW.test(now) && !(first > i && TODAY.test(now))) continue;
    const last = TILL_THEN.test(tokens[first + 1]?.word ?? "") ? first + 1 : first;
    kept += text.slice(end, tokens[i]!.start);
    end = tokens[last]!.end;
    i = last;
  }
  return kept + text.slice(end);
}
