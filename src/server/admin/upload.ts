import type { Request } from "express";
import { z } from "zod";
import { readBytes } from "../request-body.ts";
import { RequestError } from "../request-error.ts";
import { fault, parseAtDoor, wellFormedText } from "../routes/ask-request.ts";
import { parseFileName } from "./file-name.ts";

/** Bytes: what the articles of a year are not, and what is held in memory without a thought. */
export const LARGEST_UPLOAD = 2 * 1024 * 1024;

const RAW_TYPES: ReadonlySet<string> = new Set(["text/plain", "text/markdown", "application/octet-stream"]);

/** A file to be put into the corpus folder. */
export type Upload = { readonly name: string; readonly bytes: Uint8Array };

/** Reads a file that is sent as it is, with its name in `?name=`, or as JSON. Rejects with what is wrong, before reading where it can. */
export async function readUpload(request: Request): Promise<Upload> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if ((request.headers["content-encoding"] ?? "identity") !== "identity")
    throw new RequestError("upload-type-unsupported");
  if (type === "application/json") return parseJson(await read(request));
  if (!RAW_TYPES.has(type)) throw new RequestError("upload-type-unsupported");
  const { name } = request.query;
  return { name: parseFileName(name), bytes: notEmpty(await read(request)) };
}

function read(request: Request): Promise<Buffer> {
  return readBytes(request, { most: LARGEST_UPLOAD, tooLarge: "upload-too-large" });
}

const jsonUpload = z.object(
  { name: z.string(fault("upload-invalid")), text: wellFormedText("upload-invalid") },
  fault("upload-invalid"),
);

function parseJson(bytes: Buffer): Upload {
  const { name, text } = parseAtDoor(jsonUpload, decodeJson(bytes));
  return { name: parseFileName(name), bytes: notEmpty(Buffer.from(text)) };
}

function decodeJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RequestError("json-malformed", { cause });
  }
}

function notEmpty(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new RequestError("upload-empty");
  return bytes;
}
