import { afterAll, beforeAll, expect, it } from "vitest";
import type { EmbeddingModel } from "../../../src/embed/embedding-model.ts";
import { openEmbeddingModel } from "../../../src/embed/open-embedding-model.ts";
import { embedWords } from "../../../src/indexing/vectors/embed-words.ts";
import { article } from "../../support/builders.ts";

let model: EmbeddingModel;

beforeAll(async () => {
  model = await openEmbeddingModel();
});

afterAll(() => model.close());

const BRIDGE = article({ id: "bridge", title: "大桥", text: "浮桥在清晨开放，渡船停航。" });
const LAMP = article({ id: "lamp", title: "铜灯", text: "铜灯在清晨点亮。" });

/** The same model, which remembers what it was given. */
function listening(asked: string[]): EmbeddingModel {
  return {
    id: model.id,
    dimensions: model.dimensions,
    close: () => model.close(),
    embedQuery: (text, options) => model.embedQuery(text, options),
    embedDocuments: (texts, options) => {
      asked.push(...texts);
      return model.embedDocuments(texts, options);
    },
  };
}

it("embeds each word that means something by itself once, function words not at all", async () => {
  const asked: string[] = [];
  const words = await embedWords([BRIDGE, LAMP], { model: listening(asked) });
  expect(new Set(asked).size).toBe(asked.length);
  expect([...words.vocabulary].sort()).toEqual([...asked].sort());
  expect(words.vocabulary).toEqual(expect.arrayContaining(["清晨", "渡船", "点亮"]));
  expect(words.vocabulary).not.toContain("在");
});

it("takes over what is known, to the byte, and keeps nothing of words that are gone", async () => {
  const known = await embedWords([BRIDGE, LAMP], { model });
  const asked: string[] = [];
  const fewer = await embedWords([LAMP], { model: listening(asked), known });
  expect(asked).toEqual([]);
  expect(fewer.idOf("渡船")).toBeUndefined();
  const anew = await embedWords([LAMP], { model });
  expect(fewer.toBytes()).toEqual(anew.toBytes());
});
