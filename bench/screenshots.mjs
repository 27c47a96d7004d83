// npm run screenshots [-- STATE]: pictures of every state, at two widths and in both themes, under screenshots/, and the
// picture of the README.
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const bundled = new URL("../dist/.screenshots.mjs", import.meta.url);
await build({
  entryPoints: [fileURLToPath(new URL("screenshots.ts", import.meta.url))],
  outfile: fileURLToPath(bundled),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  logLevel: "warning",
});
try {
  const { takeScreenshots } = await import(bundled.href);
  await takeScreenshots(fileURLToPath(new URL("..", import.meta.url)), process.argv[2] ?? "");
} finally {
  await rm(bundled);
}
