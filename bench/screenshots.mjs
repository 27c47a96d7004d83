// npm run screenshots [-- STATE]: pictures of every state, at two widths and in both themes, under screenshots/, and the
// picture of the README.
import { fileURLToPath } from "node:url";
import { withBundled } from "./bundled.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await withBundled(new URL("screenshots.ts", import.meta.url), ".screenshots.mjs", async (bundled) => {
  const { takeScreenshots } = await import(bundled.href);
  await takeScreenshots(ROOT, process.argv[2] ?? "");
});
