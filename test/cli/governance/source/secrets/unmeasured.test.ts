/** secretlint's measuring of itself is off while files are looked through: it would keep over a hundred notes for each. */
import { expect, test } from "vitest";
import { stopMeasuring } from "../../../../../cli/governance/source/secrets/unmeasured.ts";
import { secretsIn } from "../../../../../cli/governance/source/secrets.ts";
import { fileAt } from "../../../../core/governance/given.ts";

test("the switch is where it is looked for, and no mark is left", async () => {
  expect(await stopMeasuring()).toBe(true);
  const before = performance.getEntriesByType("mark").length;
  await secretsIn([fileAt("a.ts", { text: "const a = 1;\n" })]);
  expect(performance.getEntriesByType("mark")).toHaveLength(before);
});
