// loaded with --import into a process whose disk is watched; PLAN says what happens, REPORT where the steps are to be written at the end
import { writeFileSync } from "node:fs";
import { followPlan, stepsTaken, watchDisk } from "./watched-disk.ts";

const { PLAN = "", REPORT } = process.env;
await watchDisk();
followPlan(JSON.parse(PLAN));
process.on("exit", () => {
  if (REPORT) writeFileSync(REPORT, JSON.stringify(stepsTaken()));
});
