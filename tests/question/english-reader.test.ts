import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EmbeddingModel } from "../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../src/embed/open-embedding-model.ts";
import { QuestionEmbedder } from "../../src/embed/question-embedder.ts";
import { WenjuError } from "../../src/errors.ts";
import { KeywordIndex } from "../../src/indexing/keyword-index.ts";
import { embedWords } from "../../src/indexing/vectors/embed-words.ts";
import type { WordVectors } from "../../src/indexing/word-vectors.ts";
import { EnglishReader } from "../../src/question/english-reader.ts";
import { searchTerms } from "../../src/text/search-terms.ts";
import { article } from "../support/builders.ts";

const failing = () => Promise.reject(new WenjuError("EMBEDDING_FAILED", "It died."));
const TEXTS = [
  "湘潭市中心医院创立于1900年，如今有医生三百名。",
  "澄江博物馆的馆长主持PPR-9087项目，志愿者每周来讲解。",
];
const KEYWORDS = KeywordIndex.build(TEXTS.map(searchTerms));

describe("EnglishReader", () => {
  let model: EmbeddingModel;
  let words: WordVectors;
  let reader: EnglishReader;
  beforeAll(async () => {
    model = await openEmbeddingModel();
    words = await embedWords(
      TEXTS.map((text, i) => article({ id: `text-${i}`, text })),
      { model },
    );
    reader = new EnglishReader({ model, keywords: KEYWORDS, words });
  });
  afterAll(() => model.close());

  it("reads names by their pinyin, puts them first, and asks in Chinese", async () => {
    const read = await reader.read("When was the hospital in Xiangtan founded?");
    expect(read).toMatch(/^湘潭.*什么时候？$/u);
  });

  it("reads a word by the word of the corpus that means the same", async () => {
    expect(await reader.read("Where is the hospital?")).toBe("医院在哪里？");
    expect(await reader.read("Where is the museum?")).toContain("博物馆");
  });

  it("leaves codes and words that the corpus knows as they are", async () => {
    expect(await reader.read("What is PPR-9087?")).toMatch(/ppr.*9087.*是什么？$/u);
  });

  it("takes the Chinese of a name that stands beside its translation", async () => {
    const read = await reader.read("Where is Xiangtan Central Hospital (湘潭市中心医院)?");
    expect(read).toBe("湘潭市中心医院在哪里？");
  });

  it.each(["湘潭市中心医院创立于哪一年？", "PPR-9087是什么项目？", "？", ""])(
    "leaves “%s” alone, which is not English",
    async (question) => {
      expect(await reader.read(question)).toBe(question);
    },
  );

  it("leaves a question alone whose words say nothing", async () => {
    for (const question of ["Who is it?", "What is xy?"]) expect(await reader.read(question)).toBe(question);
  });

  it("leaves a question as it is where the model is gone and the asker can do without it", async () => {
    const gone = { ...model, embedDocuments: failing, embedQuery: failing } as EmbeddingModel;
    const vectors = new QuestionEmbedder(gone).begin({ patienceMs: 100 });
    const other = new EnglishReader({ model: gone, keywords: KEYWORDS, words });
    expect(await other.read("Where is the hospital?", { vectors })).toBe("Where is the hospital?");
    expect(vectors.missed).toBe(true);
    await expect(other.read("Where is the hospital?")).rejects.toMatchObject({ code: "EMBEDDING_FAILED" });
  });

  it("embeds nothing but the words of questions", async () => {
    const embedded: string[] = [];
    const counting = Object.assign(Object.create(model) as EmbeddingModel, {
      embedDocuments: failing,
      embedQuery: (text: string) => {
        embedded.push(text);
        return model.embedQuery(text);
      },
    });
    const other = new EnglishReader({ model: counting, keywords: KEYWORDS, words });
    expect(await other.read("Where is the museum?")).toContain("博物馆");
    expect(embedded).toEqual(["museum"]);
  });

  it("rejects when its signal fires, and can be asked again", async () => {
    const aborted = reader.read("Where is the school?", { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: "ABORTED" });
    expect(await reader.read("Where is the hospital?")).toBe("医院在哪里？");
  });
});
