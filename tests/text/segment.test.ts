import { describe, expect, it } from "vitest";
import { searchTerms } from "../../src/text/search-terms.ts";
import { learnWords, segmentForSearch, tagWords } from "../../src/text/segment.ts";

describe("learnWords", () => {
  it("keeps a word whole that the dictionary cuts, and still finds the words inside it", () => {
    const sentence = "专家用介入减容手术治好了她";
    expect(segmentForSearch(sentence)).not.toContain("介入减容手术");
    learnWords([{ word: "介入减容手术", tag: "nz" }]);
    expect(segmentForSearch(sentence)).toContain("介入减容手术");
    expect(searchTerms(sentence)).toEqual(expect.arrayContaining(["介入减容手术", "介入", "手术"]));
  });

  it("tells a person whom the dictionary does not know", () => {
    const tagOf = (word: string) => tagWords("党委书记夏红说").find((token) => token.word === word)?.tag;
    expect(tagOf("夏红")).not.toBe("nr");
    learnWords([{ word: "夏红", tag: "nr" }]);
    expect(tagOf("夏红")).toBe("nr");
  });
});
