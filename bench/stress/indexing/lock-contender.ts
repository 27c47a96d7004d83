// wants the lock of a folder all the time; logs +PID and -PID whenever it has had it, and !PID where another living one has it too
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { lockIndex } from "../../../src/indexing/generation/index-lock.ts";
import { NOT_RUNNING, startOf } from "../../../src/indexing/generation/process-start.ts";

const folder = process.argv[2]!;
const owner = join(folder, "owner");
const log = (sign: string) => appendFile(join(folder, "log"), `${sign}${process.pid}\n`);

for (;;) {
  const lock = await lockIndex(folder).catch(() => undefined);
  if (lock) {
    const other = Number(await readFile(owner, "utf8").catch(() => ""));
    if (other && (await startOf(other)) !== NOT_RUNNING) await log("!");
    await writeFile(owner, String(process.pid));
    await log("+");
    await setTimeout(Math.random() * 3);
    if ((await readFile(owner, "utf8").catch(() => "")) !== String(process.pid)) await log("!");
    await rm(owner, { force: true });
    await log("-");
    await lock.release();
  }
  await setTimeout(Math.random() * 2);
}
