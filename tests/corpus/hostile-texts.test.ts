import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const READER = fileURLToPath(new URL("../support/read-hostile-texts.mjs", import.meta.url));
/** Milliseconds: dozens of times what reading them takes, and nothing to what a reader would take that goes back and forth. */
const PATIENCE = 100_000;

describe("texts that were made to be slow to read", () => {
  it(
    "are read all the same, in a time that grows with their length alone",
    async () => {
      const reader = spawn(process.execPath, [READER], {
        stdio: ["ignore", "pipe", "inherit"],
        timeout: PATIENCE,
        killSignal: "SIGKILL",
      });
      let said = "";
      reader.stdout.on("data", (chunk) => {
        said += chunk;
      });
      await once(reader, "close");
      expect(said.trim().split("\n").at(-1), `It read: ${said}`).toBe("all");
    },
    PATIENCE + 20_000,
  );
});
