import type { ArticleParser } from "./article-parser.ts";
import { decodeText } from "./decode-text.ts";

/** Plain text. Lines that start with `#` marks are headings here too: newspapers' exports have them. */
export const plainText: ArticleParser = {
  extensions: [".txt"],
  parse: ({ bytes }) => ({ text: decodeText(bytes) }),
};
