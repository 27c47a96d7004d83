import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCalibration, writeCalibration } from "../../../src/answer/calibration/calibration-store.ts";
import { generationFolder } from "../../../src/indexing/generation/generation.ts";
import { sealJson, unsealJson } from "../../../src/indexing/generation/sealed-json.ts";
import { temporaryFolders } from "../../support/temporary-folder.ts";

const GENERATION = "20261122T061500123-3f2a9c";
const CALIBRATION = {
  threshold: -2.5,
  outside: { questions: 190, refused: 0.92 },
  inside: { questions: 150, refused: 0.04 },
};

describe("a calibration in the folder of its generation", () => {
  const newFolder = temporaryFolders();

  it("is read as it was written, the last one written", async () => {
    const folder = await indexFolder();
    await writeCalibration(folder, GENERATION, { ...CALIBRATION, threshold: -1 });
    await writeCalibration(folder, GENERATION, CALIBRATION);
    expect(await readCalibration(folder, GENERATION)).toMatchObject(CALIBRATION);
  });

  it("is none where none was written", async () => {
    expect(await readCalibration(await indexFolder(), GENERATION)).toBeUndefined();
  });

  it("does not hold for another generation of the index", async () => {
    const { folder, file } = await written();
    const other = "20261122T071500123-000000";
    await cp(dirname(file), generationFolder(folder, other), { recursive: true });
    expect(await readCalibration(folder, other)).toBeUndefined();
    expect(await readCalibration(folder, GENERATION)).toMatchObject(CALIBRATION);
  });

  it("does not hold for another ranker", async () => {
    const { folder, file, text } = await written();
    await writeFile(file, sealJson({ ...(unsealJson(text) as object), madeWith: "000000000000" }));
    expect(await readCalibration(folder, GENERATION)).toBeUndefined();
  });

  it.each([
    ["empty", () => ""],
    ["cut short", (text: string) => text.slice(0, -3)],
    ["changed by hand", (text: string) => text.replace("-2.5", "-9.5")],
    ["sealed, but something else", () => sealJson({ generation: GENERATION, threshold: "低" })],
  ])("is ignored where its file is %s", async (_, damage) => {
    const { folder, file, text } = await written();
    expect(damage(text)).not.toBe(text);
    await writeFile(file, damage(text));
    expect(await readCalibration(folder, GENERATION)).toBeUndefined();
  });

  it("cannot be written where the generation is gone, and does not bring its folder back", async () => {
    const folder = await newFolder();
    await expect(writeCalibration(folder, GENERATION, CALIBRATION)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });

  /** With a folder for the generation in it. */
  async function indexFolder(): Promise<string> {
    const folder = await newFolder();
    await mkdir(generationFolder(folder, GENERATION), { recursive: true });
    return folder;
  }

  async function written() {
    const folder = await indexFolder();
    await writeCalibration(folder, GENERATION, CALIBRATION);
    const file = join(generationFolder(folder, GENERATION), "calibration.json");
    return { folder, file, text: await readFile(file, "utf8") };
  }
});
