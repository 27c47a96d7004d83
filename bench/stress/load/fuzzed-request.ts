/** A request as bytes, and what kind of nonsense it is. */
export type FuzzedRequest = { readonly kind: string; readonly bytes: Buffer };

type Next = () => number;

/** Makes the next request from random numbers: the same numbers make the same requests. */
export function fuzzedRequest(next: Next): FuzzedRequest {
  const [kind, make] = pick(next, KINDS);
  return { kind, bytes: make(next) };
}

const KINDS: readonly (readonly [string, (next: Next) => Buffer])[] = [
  ["noise", (next) => randomBytes(next, 1 + below(next, 400))],
  [
    "damaged request",
    (next) => damage(next, post("/api/ask", JSON_TYPE, JSON.stringify({ question: "医院在哪里？" }))),
  ],
  ["odd head", oddHead],
  ["odd path", (next) => get(oddPath(next))],
  ["odd search", (next) => get(`/api/search?${oddQuery(next)}`)],
  ["odd header", (next) => get("/api/articles", [oddHeader(next), oddHeader(next)])],
  [
    "odd length",
    (next) =>
      head("POST /api/ask", [...JSON_TYPE, `content-length: ${pick(next, LENGTHS)}`], '{"question":"问"}'),
  ],
  ["odd chunks", oddChunks],
  [
    "odd type",
    (next) => post("/api/ask", [`content-type: ${pick(next, TYPES)}`], JSON.stringify({ question: "问" })),
  ],
  [
    "damaged JSON",
    (next) => post("/api/ask", JSON_TYPE, damage(next, Buffer.from(JSON.stringify(oddBody(next))))),
  ],
  [
    "odd JSON",
    (next) => post(pick(next, ["/api/ask", "/api/feedback"]), JSON_TYPE, JSON.stringify(oddBody(next))),
  ],
  ["odd text", (next) => post("/api/ask", JSON_TYPE, `{"question":"${oddText(next)}"}`)],
  [
    "bytes that are no UTF-8",
    (next) =>
      post(
        "/api/ask",
        JSON_TYPE,
        Buffer.concat([Buffer.from('{"question":"'), randomBytes(next, 20), Buffer.from('"}')]),
      ),
  ],
];

const JSON_TYPE = ["content-type: application/json"];
const METHODS = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "PATCH",
  "CONNECT",
  "PRI",
  "get",
  "POSTT",
  "医",
];
const LENGTHS = [
  "-1",
  "0",
  "1",
  "1e3",
  "0x10",
  "99999999999999999999",
  "5, 5",
  "5\r\ncontent-length: 6",
  " ",
  "十",
];
const TYPES = [
  "",
  "text/plain",
  "application/json; charset=utf-16",
  "application/json;;;",
  "application/json\t",
  "multipart/form-data",
  "x".repeat(5_000),
];
const PATHS = [
  "/",
  "//",
  "/../../etc/passwd",
  "/api/articles/..%2f..%2fetc%2fpasswd",
  "/api/articles/%00",
  "/api/articles/%",
  "/api/articles/%E0%A4%A",
  "/articles/%ud800",
  "/api/articles/%F0%90%80",
  "/assets/..%5c..%5c",
  "/assets/%2e%2e/%2e%2e/package.json",
  "/widget.js/..;/",
  "*",
  "http://a/api/ask",
  "/api//ask",
  "/API/ASK",
  "/healthz?x",
  "/readyz#x",
  "/api/articles/constructor",
  "/api/articles/__proto__",
  "/demo\u00e9",
];
const HEADERS = [
  "origin: null",
  "origin: https://a.example",
  "origin: \u0000",
  "host:",
  "host: a\r\nhost: b",
  "accept: text/event-stream;q=x",
  "accept: */*;;;,",
  "accept-language: zh;q=9,,;",
  "x-forwarded-for: 1.2.3.4, , x",
  'forwarded: for="',
  "range: bytes=-1--5",
  "if-modified-since: x",
  "expect: 100-continue",
  "expect: 200-ok",
  "upgrade: websocket\r\nconnection: upgrade",
  "connection: close, keep-alive, x",
  "te: trailers",
  "cookie: a=b;c",
  "x-wenju-key: \u00ff",
  "authorization: Bearer \u0001",
  "content-encoding: gzip",
  "accept-encoding: gzip;q=0,br;q=x",
  "transfer-encoding: gzip, chunked",
  "sec-fetch-site: \u4e2d",
];
const CHARACTERS = [
  "\u0000",
  "\u0007",
  "\u001b[31m",
  "\\ud800",
  "\\udfff\\ud800",
  "\u2028",
  "\u202e",
  "\ufeff",
  "\ufffe",
  "𠮷",
  "e\u0301",
  "％",
  "\\u0000",
  "？",
  "a",
  "医院",
  " ",
  "\u3000",
  "\\",
  '"',
  "<script>",
  "'",
  "💥",
];

function oddHead(next: Next): Buffer {
  const version = pick(next, ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP", ""]);
  const end = pick(next, ["\r\n", "\n", "\r", "\r\n ", ""]);
  return Buffer.from(`${pick(next, METHODS)} ${oddPath(next)} ${version}${end}host: localhost${end}${end}`);
}

function oddPath(next: Next): string {
  const path = pick(next, PATHS);
  const more = Array.from({ length: below(next, 4) }, () =>
    pick(next, ["/", "%2e", "%c0%ae", ";", "?", "#", "%25", "..", "医", "\u0001", "a".repeat(300)]),
  );
  return path + more.join("");
}

function oddQuery(next: Next): string {
  const q = pick(next, [
    "q=",
    "q=%E5%8C%BB%E9%99%A2",
    "q=%E5%8C",
    "q=%",
    "q[]=a",
    "q=a&q=b",
    `q=${"%E5%8C%BB".repeat(600)}`,
    "q=%ED%A0%80",
    "q=%00",
    "Q=a",
  ]);
  const limit = pick(next, [
    "",
    "limit=",
    "limit=0",
    "limit=51",
    "limit=1e1",
    "limit=-1",
    "limit[a]=1",
    "limit=%31",
    "limit=10",
  ]);
  return `${q}&${limit}`;
}

function oddHeader(next: Next): string {
  return below(next, 4) === 0
    ? `x-${below(next, 1_000)}: ${"a".repeat(below(next, 20_000))}`
    : pick(next, HEADERS);
}

function oddChunks(next: Next): Buffer {
  const sizes = ["5", "0", "ffffffffffffffff", "-1", "g", '5;ext="', "5 ", "05", ""];
  const chunks = Array.from(
    { length: 1 + below(next, 4) },
    () => `${pick(next, sizes)}\r\n{"q":${pick(next, ["", "\r\n", "\n"])}`,
  );
  return head("POST /api/ask", [...JSON_TYPE, "transfer-encoding: chunked"], `${chunks.join("")}0\r\n\r\n`);
}

function oddBody(next: Next): unknown {
  const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)]);
  return pick<() => unknown>(next, [
    () => null,
    () => [],
    () => "问",
    () => 1e308,
    () => deep(below(next, 2_000)),
    () => ({ question: oddText(next) }),
    () => ({ question: ["问"] }),
    () => ({ question: { toString: "x" } }),
    () => JSON.parse('{"__proto__":{"question":"问"}}'),
    () => ({ question: "问", history: oddHistory(next) }),
    () => ({ question: "问".repeat(below(next, 600)) }),
    () => ({ question: "\ud800" }),
    () => ({ question: "问", extra: oddText(next) }),
    () => ({ answerId: oddText(next), question: "问", rating: "up" }),
    () => ({ answerId: "a", question: "问", rating: oddText(next), remark: oddText(next) }),
  ])();
}

function oddHistory(next: Next): unknown {
  const turn = {
    role: pick(next, ["user", "assistant", "system", 1, null]),
    content: pick(next, [oddText(next), 1, null, "问".repeat(2_001)]),
  };
  return pick<unknown>(next, [turn, [turn], Array(25).fill(turn), "x", { length: 3 }, [[turn]]]);
}

function oddText(next: Next): string {
  return Array.from({ length: below(next, 40) }, () => pick(next, CHARACTERS)).join("");
}

/** Some bytes changed, taken out or put in. */
function damage(next: Next, bytes: Buffer): Buffer {
  let damaged = Buffer.from(bytes);
  for (let times = 1 + below(next, 5); times > 0; times--) {
    const at = below(next, damaged.length + 1);
    const taken = below(next, 3);
    damaged = Buffer.concat([
      damaged.subarray(0, at),
      randomBytes(next, below(next, 3)),
      damaged.subarray(at + taken),
    ]);
  }
  return damaged;
}

function get(path: string, headers: readonly string[] = []): Buffer {
  return head(`GET ${path}`, headers, "");
}

function post(path: string, headers: readonly string[], body: string | Buffer): Buffer {
  return head(`POST ${path}`, [...headers, `content-length: ${Buffer.byteLength(body)}`], body);
}

function head(request: string, headers: readonly string[], body: string | Buffer): Buffer {
  const lines = [`${request} HTTP/1.1`, "host: localhost", ...headers, "", ""];
  return Buffer.concat([Buffer.from(lines.join("\r\n")), Buffer.from(body)]);
}

function randomBytes(next: Next, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => below(next, 256)));
}

function pick<T>(next: Next, list: readonly T[]): T {
  return list[below(next, list.length)]!;
}

function below(next: Next, limit: number): number {
  return Math.floor(next() * limit);
}
