/** Types, lint, format and unused code are part of the tests: what `npm run check` does is never skipped by `npm test`. */
import { expect, test } from "vitest";
import { TOOL_TIMEOUT_MS, tool } from "./program.ts";

test.each([
  ["the types fit", "tsc -b"],
  ["the linter has nothing to say", "oxlint --type-aware"],
  ["every file is formatted", "biome check ."],
  ["nothing is unused: no file, no export, no dependency", "knip --no-progress"],
])(
  "%s (%s)",
  async (_, commandLine) => {
    const { code, output } = await tool(commandLine);
    expect(code, output).toBe(0);
  },
  TOOL_TIMEOUT_MS,
);
