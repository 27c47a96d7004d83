import { describe, expect, it } from "vitest";
import { isByline, isCredit } from "../../../src/corpus/head/byline.ts";

describe("isByline", () => {
  it.each([
    "记者毛以国 李琳婕 通讯员周晓亮 龚伟",
    "株洲日报全媒体记者刘琼 通讯员李焱 曾郁",
    "文/邓伟勇 文字/于向阳 供图/株洲市三三一医院",
    "文刘琼周伟 供图市中心医院",
    "本报记者 张伟",
    "來源：山城晚報",
    "摄影：王芳",
  ])("knows %s", (line) => {
    expect(isByline(line)).toBe(true);
  });

  it.each([
    "图书馆新馆开放",
    "文化自信",
    "摄影展开幕",
    "记者节活动举行",
    "时间都去哪儿了",
    "记者见到了湘潭市中心医院的医",
    "编辑部的故事",
    "来源",
    "医院公开招聘高层次人才",
  ])("does not take %s for one", (line) => {
    expect(isByline(line)).toBe(false);
  });
});

describe("isCredit", () => {
  it("knows a line in brackets that names a giver", () => {
    expect(isCredit("（本版图片均由湘潭市中心医院宣传科提供）")).toBe(true);
    expect(isCredit("(供图/株洲市中心医院)")).toBe(true);
    expect(isCredit("（完）")).toBe(false);
    expect(isCredit("（供图）他走了（掌声）")).toBe(false);
  });
});
