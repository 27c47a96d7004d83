import { describe, expect, it } from "vitest";
import { ENTRIES } from "../../../src/question/thesaurus/entries.ts";
import { synonymsOf, Thesaurus } from "../../../src/question/thesaurus/thesaurus.ts";
import { isContentWord } from "../../../src/text/content-words.ts";
import { fold } from "../../../src/text/fold.ts";
import { tokenize } from "../../../src/text/tagged-words.ts";

const words = (synonyms: readonly { readonly word: string }[]) => synonyms.map(({ word }) => word).sort();

describe("Thesaurus", () => {
  const thesaurus = new Thesaurus("创建|建立 创立|前身\n建立|成立|创建\n医生||医院");

  it("finds a pair from either side", () => {
    expect(words(thesaurus.of("创建"))).toEqual(["前身", "建立", "创立"].sort());
    expect(words(thesaurus.of("前身"))).toEqual(["创建"]);
  });

  it("holds words that mean the same for more alike than those that go together, whichever line says so", () => {
    const likeness = (of: string, word: string) =>
      thesaurus.of(of).find((synonym) => synonym.word === word)?.likeness;
    expect(likeness("创建", "创立")).toBeGreaterThan(likeness("创建", "前身")!);
    expect(likeness("建立", "创建")).toBe(likeness("创建", "创立"));
    expect(likeness("医院", "医生")).toBe(likeness("创建", "前身"));
  });

  it("goes no further than one pair, and knows nothing of other words", () => {
    expect(words(thesaurus.of("创立"))).toEqual(["创建"]);
    expect(thesaurus.of("港口")).toEqual([]);
  });
});

describe("the thesaurus that comes with it", () => {
  const lines = ENTRIES.trim().split("\n");

  it("knows plain words for formal ones", () => {
    expect(words(synonymsOf("去世"))).toContain("逝世");
    expect(words(synonymsOf("盖"))).toContain("建造");
  });

  it("has a line a word, in order, with up to three fields", () => {
    const heads = lines.map((line) => line.split("|")[0]!);
    expect(heads).toEqual([...new Set(heads)].sort());
    expect(lines.filter((line) => !/^[^|\s]+\|[^|]*(?:\|[^|]+)?$/u.test(line))).toEqual([]);
  });

  it("holds only words that texts and questions are cut into", () => {
    const known = new Set(lines.flatMap((line) => line.split(/[| ]/u)).filter((word) => word !== ""));
    const unusable = [...known].filter((word) => {
      const tokens = tokenize(fold(word));
      return tokens.length !== 1 || tokens[0]!.word !== word || !isContentWord(tokens[0]!);
    });
    expect(unusable).toEqual([]);
  });

  it("pairs no word with itself", () => {
    const alone = lines.filter((line) => {
      const [head = "", ...fields] = line.split("|");
      return fields.join(" ").split(" ").includes(head);
    });
    expect(alone).toEqual([]);
  });
});
