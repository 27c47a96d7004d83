import { connect } from "node:net";

export type RawAnswer = {
  /** 0 where the server hung up without a word. */
  readonly status: number;
  /** Lower case names; a name that comes twice has both values. */
  readonly headers: ReadonlyMap<string, string>;
  /** Everything that came, as one text. */
  readonly text: string;
};

/** Sends bytes as they are, which clients do not, and reads until the server closes the connection. */
export function sendRaw(port: number, request: string | Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(request));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") resolve(parse(chunks));
      else reject(error);
    });
    socket.on("close", () => resolve(parse(chunks)));
  });
}

/** A request whose address nobody has put in order. */
export function rawGet(target: string | Buffer, headers = ""): Buffer {
  return Buffer.concat([
    Buffer.from("GET "),
    typeof target === "string" ? Buffer.from(target, "utf8") : target,
    Buffer.from(` HTTP/1.1\r\nhost: localhost\r\n${headers}connection: close\r\n\r\n`),
  ]);
}

function parse(chunks: readonly Buffer[]): RawAnswer {
  const text = Buffer.concat(chunks).toString("utf8");
  const [head = ""] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, text };
}
