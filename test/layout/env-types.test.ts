/** The types of each Worker's bindings are those of its wrangler file: `npm run types:env` was run after the last change. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { TOOL_TIMEOUT_MS, tool } from "./program.ts";
import { ROOT } from "./project-tree.ts";

const { scripts } = z
  .object({ scripts: z.object({ "types:env": z.string() }) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
const commands = scripts["types:env"].split("&&").map((each) => each.trim());

describe("wrangler would generate the same types", () => {
  test.each(commands.map((command) => [/types (\S+)/.exec(command)?.[1] ?? command, command]))(
    "%s",
    async (_, command) => {
      const { code, output } = await tool(`${command} --check`);
      expect(code, output).toBe(0);
    },
    TOOL_TIMEOUT_MS,
  );

  test("for all three Workers", () => {
    expect(commands).toHaveLength(3);
  });
});
