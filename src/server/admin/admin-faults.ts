/** What can be wrong with a request of the one who keeps the articles; `RequestError` knows them by name. */
export const ADMIN_FAULTS = {
  "token-missing": {
    code: "UNAUTHORIZED",
    status: 401,
    zh: "需要管理口令。请用 Authorization: Bearer 发送 WENJU_ADMIN_TOKEN 的值。",
    en: "This needs the admin token. Send the value of WENJU_ADMIN_TOKEN as Authorization: Bearer.",
  },
  "token-wrong": {
    code: "UNAUTHORIZED",
    status: 401,
    zh: "管理口令不对。",
    en: "The admin token is wrong.",
  },
  "token-guessed": {
    code: "TOO_MANY_REQUESTS",
    status: 429,
    zh: "口令错了太多次。请一分钟后再试。",
    en: "The token was wrong too often. Try again in a minute.",
  },
  "file-name-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: '文件名不能用：不要带路径，不要以点开头，不要用 \\ / : * ? " < > | 和控制字符，最多 200 字节。',
    en: 'The file name cannot be used: no path, no leading dot, none of \\ / : * ? " < > | and no control characters, 200 bytes at most.',
  },
  "file-type-unsupported": {
    code: "REQUEST_INVALID",
    status: 415,
    zh: "只接受 .txt 和 .md 文件。",
    en: "Only .txt and .md files are taken.",
  },
  "upload-type-unsupported": {
    code: "REQUEST_INVALID",
    status: 415,
    zh: "请用 text/plain、text/markdown 或 application/octet-stream 发送文件本身，不要压缩；或用 application/json 发送 name 和 text。",
    en: "Send the file itself as text/plain, text/markdown or application/octet-stream, uncompressed, or name and text as application/json.",
  },
  "upload-invalid": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: '请求正文应当是 {"name":"文章.txt","text":"……"}。',
    en: 'The request body must be {"name":"article.txt","text":"…"}.',
  },
  "upload-empty": {
    code: "REQUEST_INVALID",
    status: 400,
    zh: "文件是空的。",
    en: "The file is empty.",
  },
  "upload-too-large": {
    code: "REQUEST_TOO_LARGE",
    status: 413,
    zh: "文件超过 2 MB。请拆开，或直接放进文章文件夹。",
    en: "The file is over 2 MB. Split it, or put it into the corpus folder yourself.",
  },
  "article-exists": {
    code: "ARTICLE_EXISTS",
    status: 409,
    zh: "已经有同名的文件。要替换它，请加上 ?replace=1。",
    en: "There is a file of this name. To replace it, add ?replace=1.",
  },
  "article-renamed": {
    code: "ARTICLE_EXISTS",
    status: 409,
    zh: "这个编号现在指的是另一个文件。请刷新列表。",
    en: "This id names another file by now. Look at the list again.",
  },
  "article-last": {
    code: "ARTICLE_EXISTS",
    status: 409,
    zh: "这是最后一篇文章，不能删除。请先加入别的文章。",
    en: "This is the last article and cannot be deleted. Add another one first.",
  },
  "file-not-plain": {
    code: "FORBIDDEN",
    status: 403,
    zh: "这个名字是一个链接或文件夹，不是文章文件。",
    en: "What has this name is a link or a folder, not the file of an article.",
  },
} as const;
