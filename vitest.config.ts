import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Much of a test is waiting for a process: one file at a time would leave half of a machine with two cores idle. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);

/** Files share what they import: loading it all anew takes a sixth of the time. So do they the words that a test teaches to jieba: take others in each. */
const shared = { environment: "node", testTimeout: 20_000, hookTimeout: 60_000, isolate: false } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          maxWorkers: AT_ONCE,
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/web/**/*.browser.test.ts", "tests/stress/**"],
        },
      },
      {
        test: {
          ...shared,
          name: "browser",
          maxWorkers: AT_ONCE,
          include: ["tests/web/**/*.browser.test.ts"],
          globalSetup: ["tests/support/browser/unpack-chromium.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "stress",
          include: ["tests/stress/**/*.test.ts"],
          testTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
