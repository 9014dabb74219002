/** How the tests run: which of them side by side, which in turns. */
import { defineConfig } from "vitest/config";

const RUNTIME = { testTimeout: 60_000, hookTimeout: 120_000 } as const;

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
        // Start the runtime or a browser, and mostly wait: two at a time keep a small machine busy without crowding it.
        test: {
          ...RUNTIME,
          name: "runtime",
          sequence: { groupOrder: 1 },
          include: ["test/{workers/compare,workers/report,workers/registry,pages,local}/**/*.test.ts"],
          maxWorkers: 2,
        },
      },
      {
        // Measure time, or start everything at once: each has the machine to itself.
        test: {
          ...RUNTIME,
          name: "alone",
          sequence: { groupOrder: 2 },
          include: ["test/{workers/tee,flow,limits,faults,chaos}/**/*.test.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
