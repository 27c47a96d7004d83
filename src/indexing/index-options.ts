import { createHash } from "node:crypto";

/** What changes the index besides the corpus and the model. */
export type IndexOptions = {
  /** The longest passage, in UTF-16 units. Default: what chunking finds best. */
  readonly maxPassageLength?: number | undefined;
};

/** To be raised whenever cleaning, chunking or search terms give another result than before for the same file. */
const TEXT_VERSION = 4;

/** A short name: the same options, the same name. */
export function nameOptions({ maxPassageLength }: IndexOptions = {}): string {
  const options = JSON.stringify({ textVersion: TEXT_VERSION, maxPassageLength });
  return createHash("sha256").update(options).digest("hex").slice(0, 12);
}
