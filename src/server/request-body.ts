import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import { WenjuError } from "../errors.ts";
import { RequestError, type RequestFault } from "./request-error.ts";

/** Bytes of a request body, 16 KB: a question and its history are far smaller. */
const MAX_BODY_LENGTH = 16 * 1024;

/** Refuses a body that says it is too long before a byte of it is read, and any stream of bytes where none is expected. */
export const refuseLargeBody: RequestHandler = (request, _response, next) => {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_LENGTH)
    throw new RequestError("body-too-large");
  if (request.headers["transfer-encoding"] !== undefined && request.method !== "POST") {
    throw new RequestError("body-unexpected");
  }
  next();
};

/** Reads a JSON body of at most 16 KB. Rejects with a `RequestError` that says what is wrong, or `ABORTED`. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  if (!isPlainJson(request)) throw new RequestError("body-not-json");
  const bytes = await readBytes(request, { most: MAX_BODY_LENGTH, tooLarge: "body-too-large" });
  if (bytes.length === 0) throw new RequestError("body-missing");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RequestError("json-malformed", { cause });
  }
}

function isPlainJson({ headers }: IncomingMessage): boolean {
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return type === "application/json" && (headers["content-encoding"] ?? "identity") === "identity";
}

export type ReadBytesOptions = { readonly most: number; readonly tooLarge: RequestFault };

/** Reads `most` bytes at most, and counts while reading: a chunked body does not say how long it will be. */
export function readBytes(request: IncomingMessage, { most, tooLarge }: ReadBytesOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) return chunks.push(chunk);
      request.pause().removeAllListeners("data");
      reject(new RequestError(tooLarge));
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    const leave = (cause?: Error) =>
      reject(new WenjuError("ABORTED", "The client left before its request was read.", { cause }));
    request.on("error", leave);
    request.on("close", () => request.complete || leave());
  });
}
