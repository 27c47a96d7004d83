// node bench/first-paint.mjs: how soon the chat page paints here and on a slow phone, and what it weighs on the way, after
// npm run build.

import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const bundled = new URL("../dist/.first-paint.mjs", import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL("first-paint.ts", import.meta.url))],
  outfile: fileURLToPath(bundled),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  logLevel: "warning",
});
try {
  const { measureFirstPaint } = await import(bundled.href);
  for (const figures of await measureFirstPaint(fileURLToPath(new URL("..", import.meta.url)))) {
    console.log(JSON.stringify(figures));
  }
} finally {
  await rm(bundled);
}
