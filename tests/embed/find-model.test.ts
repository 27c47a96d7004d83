import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findModel } from "../../src/embed/find-model.ts";
import { BUNDLED_MODEL, copyModel } from "../support/indexes/model-folder.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";

describe("findModel", () => {
  const newFolder = temporaryFolders();

  it("finds the bundled model by its id and by its folder", async () => {
    const found = await findModel("zh-news-embed-v1");
    expect(found).toMatchObject({
      id: "zh-news-embed-v1",
      dimensions: 480,
      pooling: "mean",
      quantized: true,
    });
    expect(await findModel(BUNDLED_MODEL.folder)).toEqual(found);
  });

  it.each(Object.keys(BUNDLED_MODEL.files))(
    "refuses a catalog model whose %s has changed by one bit",
    async (name) => {
      const folder = await copyModel(await newFolder());
      const bytes = await readFile(join(folder, name));
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(join(folder, name), bytes);
      await expect(findModel(BUNDLED_MODEL.id, [{ ...BUNDLED_MODEL, folder }])).rejects.toMatchObject({
        code: "MODEL_INVALID",
        message: expect.stringContaining(join(folder, name)),
      });
    },
  );

  it("names the file that a catalog model lacks", async () => {
    const folder = await copyModel(await newFolder());
    await rm(join(folder, "tokenizer.json"));
    await expect(findModel(BUNDLED_MODEL.id, [{ ...BUNDLED_MODEL, folder }])).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
      message: expect.stringMatching(/zh-news-embed-v1.*tokenizer\.json.*--model/),
    });
  });

  it("says what it looked for and which models it knows", async () => {
    await expect(findModel("bge-small-zh-v1.5")).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
      message: expect.stringMatching(/"bge-small-zh-v1\.5".*"zh-news-embed-v1".*\/bge-small-zh-v1\.5/),
    });
  });

  it.each(["config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model_quantized.onnx"])(
    "names %s where a folder lacks it",
    async (name) => {
      const folder = await copyModel(await newFolder());
      await rm(join(folder, name));
      await expect(findModel(folder)).rejects.toMatchObject({
        code: "MODEL_NOT_FOUND",
        message: expect.stringContaining(`${folder} has no ${name}`),
      });
    },
  );

  it("reads how a folder's model is to be used", async () => {
    const folder = await copyModel(await newFolder(), {
      "wenju.json": { queryPrefix: "query: ", passagePrefix: "passage: ", maxTokens: 128 },
    });
    await mkdir(join(folder, "1_Pooling"));
    await writeFile(join(folder, "1_Pooling", "config.json"), '{ "pooling_mode_cls_token": true }');
    expect(await findModel(folder)).toMatchObject({
      pooling: "cls",
      queryPrefix: "query: ",
      passagePrefix: "passage: ",
      maxTokens: 128,
      dimensions: undefined,
    });
  });

  it("takes the full-precision weights where there are no quantised ones", async () => {
    const folder = await copyModel(await newFolder());
    await rename(join(folder, "onnx/model_quantized.onnx"), join(folder, "onnx/model.onnx"));
    expect(await findModel(folder)).toMatchObject({ quantized: false, maxTokens: 512 });
  });

  it("names a folder's model after its weights and settings: others, another id", async () => {
    const folder = await copyModel(await newFolder());
    const { id } = await findModel(folder);
    expect(id).toMatch(/^我的模型-[0-9a-f]{12}$/);
    expect((await findModel(folder)).id).toBe(id);
    await writeFile(join(folder, "wenju.json"), '{ "queryPrefix": "query: " }');
    const prefixed = (await findModel(folder)).id;
    await writeFile(join(folder, "onnx/model_quantized.onnx"), "别的权重");
    const other = (await findModel(folder)).id;
    expect(new Set([id, prefixed, other]).size).toBe(3);
  });

  it.each([
    ["wenju.json", '{ "querryPrefix": "query: " }', "querryPrefix"],
    ["wenju.json", "{", "wenju.json"],
    ["config.json", "[]", "config.json"],
  ])("refuses a %s that says %s", async (name, content, named) => {
    const folder = await copyModel(await newFolder(), { [name]: content });
    await expect(findModel(folder)).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining(named),
    });
  });
});
