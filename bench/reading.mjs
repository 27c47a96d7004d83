// node bench/reading.mjs: how long it takes to read a megabyte of texts with short lines, after npm run build.
import { toArticle } from "../dist/corpus/to-article.js";

const BYTES = 1_000_000;
const HAN = Array.from(
  "湖泊医院中心市民书馆门诊病房手术护士儿童疾病社区健康服务专家团队学习教育活动支部党员",
);

const KINDS = {
  prose: () => `${han(30)}，${han(30)}。`,
  "prose in columns of 20": () => `${han(8)}，${han(11)}`,
  "names, one a line": (i) => han(2 + (i % 2)),
  "characters, one a line": () => han(1),
  "a log": (i) => `2024-03-01 12:00:${i % 60} INFO 请求 ${i} 完成 ${han(3)}`,
  "a table with commas": (i) => `${i},${han(3)},${han(2)},${i % 97}`,
  "paths, one a line": (i) => `/usr/lib/x${i % 1_000}/y.so`,
  "letters, one a line": () => "a",
};

let seed = 1;
for (const line of Object.values(KINDS)) read(makeText(line, BYTES / 10));
for (const [kind, line] of Object.entries(KINDS)) {
  const text = makeText(line, BYTES);
  const before = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(before);
  console.log(
    `${kind}: ${Math.round((user + system) / 1000)} ms of processor time for a megabyte, ${text.split("\n").length} lines`,
  );
}

function read(text) {
  toArticle("text", "text.txt", { text });
}

function makeText(line, bytes) {
  const lines = [];
  for (let i = 0, size = 0; size < bytes; i++) {
    lines.push(line(i));
    size += Buffer.byteLength(lines[i]) + 1;
  }
  return lines.join("\n");
}

function han(length) {
  return Array.from({ length }, () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return HAN[seed % HAN.length];
  }).join("");
}
