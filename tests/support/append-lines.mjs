// Appends dated lines to a file, one after the other, as another `wenju serve` would.
import { fileURLToPath } from "node:url";

const { UnansweredLog } = await import(
  fileURLToPath(new URL("../../dist/server/journal/unanswered-log.js", import.meta.url))
);
const [file, count] = process.argv.slice(2);
const log = new UnansweredLog(file);
for (let i = 0; i < Number(count); i++) await log.append({ question: String(i), articles: [] });
