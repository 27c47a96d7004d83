import type { Language } from "../../errors.ts";
import type { AskedGap } from "./ask-again.ts";

/** Writes gaps for a terminal: each with its number, how often and when it was asked, and whether it is answered by now. */
export function formatGaps(gaps: readonly AskedGap[], language: Language): string {
  const width = String(gaps.at(-1)?.number ?? 1).length;
  return gaps.map((gap) => formatGap(gap, width, FORMS[language])).join("\n\n");
}

type Form = {
  readonly counts: (gap: AskedGap) => string;
  readonly wordings: (list: string) => string;
  readonly articles: (list: string) => string;
  readonly separator: string;
  readonly now: Readonly<Record<AskedGap["now"]["status"], string>>;
};

/** Other wordings that are shown. */
const SHOWN_WORDINGS = 3;

function formatGap({ number, question, ...rest }: AskedGap, width: number, form: Form): string {
  const gap = { number, question, ...rest };
  const { otherWordings, articles, now } = gap;
  const shown = otherWordings.slice(0, SHOWN_WORDINGS);
  if (otherWordings.length > SHOWN_WORDINGS) shown.push("…");
  const lines = [
    form.counts(gap),
    shown.length > 0 ? form.wordings(shown.join(form.separator)) : "",
    articles.length > 0 ? form.articles(articles.join(form.separator)) : "",
    form.now[now.status] + (now.quote ? ` “${now.quote}”` : ""),
  ];
  const indent = " ".repeat(width + 2);
  const head = `${String(number).padStart(width)}. ${question}`;
  return [head, ...lines.filter(Boolean).map((line) => indent + line)].join("\n");
}

const FORMS: Readonly<Record<Language, Form>> = {
  zh: {
    counts: ({ count, disliked, lastAt }) =>
      `${count} 次${disliked > 0 ? `（其中 ${disliked} 次是读者不满意回答）` : ""}，最近 ${dayOf(lastAt)}`,
    wordings: (list) => `也问作：${list}`,
    articles: (list) => `最接近的文章：${list}`,
    separator: "；",
    now: { answered: "现在能回答：", "no-evidence": "现在仍然答不上。" },
  },
  en: {
    counts: ({ count, disliked, lastAt }) =>
      `${count} ${count === 1 ? "time" : "times"}${disliked > 0 ? ` (${disliked} of them an answer rated down)` : ""}, last on ${dayOf(lastAt)}`,
    wordings: (list) => `Also asked: ${list}`,
    articles: (list) => `Nearest articles: ${list}`,
    separator: "; ",
    now: { answered: "Answered by now:", "no-evidence": "Still not answered." },
  },
};

function dayOf(at: string): string {
  return at.slice(0, 10);
}
