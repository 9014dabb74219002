/** How the tests run: which of them side by side, which in turns. */
import { defineConfig } from "vitest/config";

const RUNTIME = { testTimeout: 60_000, hookTimeout: 120_000 } as const;

const ALONE = [
  "test/{faults,chaos}/**/*.test.ts",
  "test/flow/{canaries,credential-headers,outbox,start,start-stop}.test.ts",
  "test/workers/tee/{faults,memory,network}.test.ts",
];

/** Three groups, one after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{bench,core,cli,layout,deploy}/**/*.test.ts", "test/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        // Start the runtime or a browser, and mostly wait: three at a time keep a small machine busy without crowding it.
        test: {
          ...RUNTIME,
          name: "runtime",
          sequence: { groupOrder: 1 },
          include: ["test/{workers,flow,limits,pages,local}/**/*.test.ts"],
          exclude: ALONE,
          maxWorkers: 3,
        },
      },
      {
        // Measure times or memory, or start everything at once: each has the machine to itself.
        test: {
          ...RUNTIME,
          name: "alone",
          sequence: { groupOrder: 2 },
          include: ALONE,
          fileParallelism: false,
        },
      },
    ],
  },
});
