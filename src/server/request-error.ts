import { type Language, SpokenError, type WenjuErrorCode } from "../errors.ts";
import { ADMIN_FAULTS } from "./admin/admin-faults.ts";

/** A request that cannot be served as it is: which status to answer, and what to say in either language. */
export class RequestError extends SpokenError {
  readonly fault: RequestFault;
  readonly status: number;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(fault: RequestFault, options?: ErrorOptions) {
    const { code, status, zh, en, retryAfter }: Fault = FAULTS[fault];
    super(code, { zh, en }, options);
    this.fault = fault;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export type RequestFault = keyof typeof FAULTS;

export function isRequestFault(text: string): text is RequestFault {
  return Object.hasOwn(FAULTS, text);
}

type Fault = Readonly<Record<Language, string>> & {
  readonly code: WenjuErrorCode;
  readonly status: number;
  /** Seconds. */
  readonly retryAfter?: number;
};

const FAULTS = {
  ...ADMIN_FAULTS,
  "body-missing": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: '请求没有正文。请发送 JSON，例如 {"question":"……"}。',
    en: 'The request has no body. Send JSON such as {"question":"…"}.',
  },
  "body-unexpected": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "这个地址不接受请求正文。",
    en: "This address takes no request body.",
  },
  "body-too-large": {
    code: "REQUEST_TOO_LARGE",
    status: 413,
    zh: "请求正文超过 16 KB。请缩短问题或对话记录。",
    en: "The request body is over 16 KB. Shorten the question or its history.",
  },
  "body-not-json": {
    code: "REQUEST_INVALID",
    status: 415,
    zh: "请用 content-type: application/json 发送，不要压缩。",
    en: "Send content-type: application/json, uncompressed.",
  },
  "json-malformed": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "请求正文不是 UTF-8 编码的有效 JSON。",
    en: "The request body is not valid JSON in UTF-8.",
  },
  "body-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: '请求正文应当是一个对象，例如 {"question":"……"}。',
    en: 'The request body must be an object such as {"question":"…"}.',
  },
  "question-missing": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "缺少问题，或者问题不是一段文字。",
    en: "The question is missing, or is not a string.",
  },
  "question-empty": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "问题是空的。请写下要问的内容。",
    en: "The question is empty. Write what you want to know.",
  },
  "question-too-long": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "问题超过 500 个字。请缩短后再问。",
    en: "The question is over 500 characters. Shorten it and ask again.",
  },
  "text-malformed": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "文字里有残缺的字符（不成对的代理码位）。",
    en: "The text holds half a character (a lone surrogate).",
  },
  "history-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: 'history 应当是一列 {"role":"user"|"assistant","content":"……"}。',
    en: 'history must be a list of {"role":"user"|"assistant","content":"…"}.',
  },
  "history-too-long": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "history 最多 20 条，每条最多 2000 个字。",
    en: "history takes 20 turns at most, of 2,000 characters each at most.",
  },
  "limit-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "limit 应当是 1 到 50 之间的整数。",
    en: "limit must be a whole number from 1 to 50.",
  },
  "article-id-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "这不是文章的编号。/api/articles 列出全部编号。",
    en: "This is not an article id. /api/articles lists them all.",
  },
  "article-unknown": {
    code: "ARTICLE_NOT_FOUND",
    status: 404,
    zh: "没有这篇文章。/api/articles 列出全部编号。",
    en: "There is no such article. /api/articles lists them all.",
  },
  "route-unknown": {
    code: "NOT_FOUND",
    status: 404,
    zh: "没有这个地址。",
    en: "There is nothing at this address.",
  },
  "method-unknown": {
    code: "REQUEST_INVALID",
    status: 405,
    zh: "这个地址不支持这种请求方法；Allow 头列出支持的方法。",
    en: "This address does not take this method; the Allow header lists those it takes.",
  },
  "origin-unknown": {
    code: "FORBIDDEN",
    status: 403,
    zh: "这个网站没有获准使用本服务。请服务的管理员把网站的来源加入 WENJU_ALLOWED_ORIGINS。",
    en: "This site may not use this server. Ask its operator to add the site's origin to WENJU_ALLOWED_ORIGINS.",
  },
  "host-unknown": {
    code: "FORBIDDEN",
    status: 421,
    zh: "服务只在本机监听，不认得这个主机名。前面有代理的，请设置 WENJU_TRUST_PROXY；否则把这个来源加入 WENJU_ALLOWED_ORIGINS。",
    en: "The server listens on its own machine only and does not go by this name. Behind a proxy, set WENJU_TRUST_PROXY; otherwise add this origin to WENJU_ALLOWED_ORIGINS.",
  },
  "key-wrong": {
    code: "FORBIDDEN",
    status: 403,
    zh: "缺少这个网站的密钥，或者密钥不对。请检查 x-wenju-key（组件的 api-key）。",
    en: "The key of this site is missing or wrong. Check x-wenju-key (api-key of the widget).",
  },
  "feedback-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: '评价应当是 {"answerId":"……","question":"……","rating":"up"|"down"}，可以加上 remark。',
    en: 'Feedback must be {"answerId":"…","question":"…","rating":"up"|"down"}, with a remark if you like.',
  },
  "remark-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "remark 应当是不超过 500 个字的文字。",
    en: "The remark must be text of at most 500 characters.",
  },
  "server-busy": {
    code: "SERVER_BUSY",
    status: 503,
    retryAfter: 2,
    zh: "现在提问的人太多，这个问题没能排上队。请过几秒再问。",
    en: "Too many people are asking right now. Ask again in a few seconds.",
  },
  "question-timed-out": {
    code: "QUESTION_TIMED_OUT",
    status: 503,
    retryAfter: 10,
    zh: "这个问题没能在规定的时间里答完。请稍后再问一次。",
    en: "This question was not answered in time. Ask it again later.",
  },
  "questions-too-often": {
    code: "TOO_MANY_REQUESTS",
    status: 429,
    zh: "从您的网络地址来的提问太频繁了。请一分钟后再问。",
    en: "Too many questions from your network address. Ask again in a minute.",
  },
  "feedback-too-often": {
    code: "TOO_MANY_REQUESTS",
    status: 429,
    retryAfter: 60,
    zh: "评价来得太多了。请一分钟后再试。",
    en: "Too much feedback at once. Try again in a minute.",
  },
  "page-missing": {
    code: "NOT_FOUND",
    status: 404,
    zh: "网页还没有构建。请运行 npm run build。",
    en: "The pages are not built. Run npm run build.",
  },
} as const satisfies Record<string, Fault>;
