import type { Answer, Citation, RelatedPassage } from "../answer/answer.ts";
import type { Article } from "../corpus/article.ts";
import type { Language } from "../errors.ts";

export type AnswerFormat = {
  readonly articles: ReadonlyMap<string, Article>;
  readonly language: Language;
  /** Marks the short answer inside a quote. */
  readonly bold: (text: string) => string;
};

/** Writes an answer for a terminal: what it says, each quote under its number, and where it stands. */
export function formatAnswer(answer: Answer, format: AnswerFormat): string {
  const blocks = answer.citations.map((citation) => formatCitation(citation, format));
  if (answer.mode === "generative" || answer.status === "no-evidence") blocks.unshift(answer.text);
  if (answer.related.length > 0) {
    blocks.push(format.language === "zh" ? "可能相关：" : "Possibly related:");
    for (const passage of answer.related) blocks.push(formatRelated(passage, format));
  }
  if (answer.searchedBy === "words") blocks.push(BY_WORDS[format.language]);
  return blocks.join("\n\n");
}

const BY_WORDS: Readonly<Record<Language, string>> = {
  zh: "（本次只按字词查找，可能不全。）",
  en: "(Found by its words alone this time; there may be more.)",
};

function formatCitation(citation: Citation, format: AnswerFormat): string {
  const number = `[${citation.marker}]`;
  const indent = " ".repeat(number.length + 1);
  const quote = markFocus(citation, format).replaceAll("\n", `\n${indent}`);
  return `${number} “${quote}”\n${indent}${formatPlace(citation, format)}`;
}

function formatRelated(passage: RelatedPassage, format: AnswerFormat): string {
  return `  · ${passage.quote.replaceAll("\n", "\n    ")}\n    ${formatPlace(passage, format)}`;
}

function markFocus({ quote, span, focus }: Citation, { bold }: AnswerFormat): string {
  if (!focus) return quote;
  const start = focus.start - span.start;
  const end = focus.end - span.start;
  return quote.slice(0, start) + bold(quote.slice(start, end)) + quote.slice(end);
}

/** `——《一颗红心向党》，株洲日报（zhuzhou-zhongxin-2020，第 18–32 字）` */
function formatPlace(
  { articleId, title, span }: RelatedPassage,
  { articles, language }: AnswerFormat,
): string {
  const source = sourceOf(articles.get(articleId));
  const first = span.start + 1;
  return language === "zh"
    ? `——《${title}》${source ? `，${source}` : ""}（${articleId}，第 ${first}–${span.end} 字）`
    : `— ${title}${source ? `, ${source}` : ""} (${articleId}, characters ${first}–${span.end})`;
}

/** Nothing where it is the file's name, which the id says already. */
function sourceOf(article: Article | undefined): string {
  const fileName = article?.id.split("/").at(-1) ?? "";
  return article && !article.source.startsWith(`${fileName}.`) ? article.source : "";
}
