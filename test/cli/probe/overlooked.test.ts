/** A probe of the wrong service is said before it starts, unless somebody chose it. */
import { expect, test } from "vitest";
import { overlooked } from "../../../cli/probe/overlooked.ts";

test("a file that nobody named is told, with the flag that names it", () => {
  expect(overlooked({}, () => true)).toContain("--config .shadow-infra/probe.json");
});

test("nothing is said where there is none, or where something else was chosen", () => {
  expect(overlooked({}, () => false)).toBeNull();
  expect(overlooked({ config: "other.json" }, () => true)).toBeNull();
  expect(overlooked({ preset: "chainiq" }, () => true)).toBeNull();
});
