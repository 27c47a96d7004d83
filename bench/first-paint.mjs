// node bench/first-paint.mjs: how soon the chat page paints here and on a slow phone, and what it weighs on the way, after
// npm run build. It takes a minute: the slow line carries the fonts for ten seconds in each of five loads.
import { fileURLToPath } from "node:url";
import { withBundled } from "./bundled.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await withBundled(new URL("first-paint.ts", import.meta.url), ".first-paint.mjs", async (bundled) => {
  const { measureFirstPaint } = await import(bundled.href);
  for await (const figures of measureFirstPaint(ROOT)) console.log(JSON.stringify(figures));
});
