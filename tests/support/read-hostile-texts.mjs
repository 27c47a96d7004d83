// Reads texts that were made to be slow to read, with the built program; says the name of each when it is done with it.
import { chunkArticle } from "../../dist/chunk/chunk-article.js";
import { markdown } from "../../dist/corpus/formats/markdown.js";
import { plainText } from "../../dist/corpus/formats/plain-text.js";
import { toArticle } from "../../dist/corpus/to-article.js";

/** Characters: what is read in a second where each is looked at a few times, and not in minutes where each is compared with every other. */
const LENGTH = 500_000;

const HOSTILE = {
  "brackets that never close, and marks that close none": [plainText, "湖（”"],
  "middle dots without end": [plainText, "·", "湖 ", "x"],
  "straight quotes in one sentence": [plainText, '"甲。"的'],
  "a sentence upon the other in one line": [plainText, "湖泊。"],
  "combining marks upon one letter": [plainText, "\u0301", "湖"],
  "digits in groups of three": [plainText, ",111", "湖1"],
  "square brackets": [markdown, "[", "湖"],
  "pictures that never close": [markdown, "![](", "湖"],
  "links that never close": [markdown, "[湖](", "湖"],
  "bold that never closes": [markdown, "**湖 "],
  "bold with low lines": [markdown, "__湖 "],
  "comments that never close": [markdown, "<!--", "湖"],
  "white space before a mark": [markdown, " ", "# 湖", "泊 #x"],
  "hash marks": [markdown, "#", "# 湖", "x"],
  "one character a line": [plainText, "湖\n"],
  "lines of as many widths as a column may have": [
    plainText,
    "湖泊，湖泊湖泊湖泊湖\n湖泊，湖泊湖泊湖泊湖a\n湖泊，湖泊湖泊湖泊a 湖\n",
  ],
  "headings of one level upon each other": [markdown, "# 湖\n"],
};

for (const [name, [parser, piece, head = "", tail = ""]] of Object.entries(HOSTILE)) {
  const text = head + piece.repeat(LENGTH / piece.length) + tail;
  const parsed = await parser.parse({ path: "hostile", bytes: new TextEncoder().encode(text) });
  chunkArticle(toArticle("hostile", "hostile", parsed));
  console.log(name);
}
console.log("all");
