/** How the tests run: which of them side by side, which in turns. */
import { defineConfig } from "vitest/config";

/** Unit tests run side by side. Tests that start the runtime take turns: the machine has few cores, the runtime many threads. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{core,cli,layout,deploy}/**/*.test.ts", "test/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "runtime",
          // After the unit tests, not beside them: what measures time should have the machine to itself.
          sequence: { groupOrder: 1 },
          include: ["test/{workers,flow,pages,local}/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
