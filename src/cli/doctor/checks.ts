import type { Config } from "../../config.ts";
import type { Environment, Texts } from "../terminal.ts";
import { checkDisk, checkNativeModules, checkNode, checkPort } from "./check-machine.ts";
import { checkCorpus, checkIndexState, checkModel, checkPages } from "./check-parts.ts";
import { checkSettings } from "./check-settings.ts";
import { checkStores } from "./check-stores.ts";

/** One thing that `wenju doctor` looks at: tells what it found, throws where that will not do. */
export type Check = {
  readonly name: Texts;
  readonly run: (config: Config, signal: AbortSignal, environment: Environment) => Promise<Texts | string>;
};

export const CHECKS: readonly Check[] = [
  { name: { zh: "Node.js", en: "Node.js" }, run: checkNode },
  { name: { zh: "原生模块", en: "native modules" }, run: checkNativeModules },
  { name: { zh: "设置", en: "settings" }, run: checkSettings },
  { name: { zh: "模型", en: "model" }, run: checkModel },
  { name: { zh: "文章", en: "articles" }, run: checkCorpus },
  { name: { zh: "索引", en: "index" }, run: checkIndexState },
  { name: { zh: "磁盘", en: "disk" }, run: checkDisk },
  { name: { zh: "读者记录", en: "readers' stores" }, run: checkStores },
  { name: { zh: "端口", en: "port" }, run: checkPort },
  { name: { zh: "网页", en: "pages" }, run: checkPages },
];
