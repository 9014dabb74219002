import { expect, test } from "vitest";
import { memberPlace, ROOT } from "../../../../core/compare/differences/place.ts";
import { type Fact, type Findings, report } from "../../../../core/compare/differences/walk.ts";

const place = memberPlace(ROOT, "a");
const at = { part: "body", path: "$.a", pattern: "$.a" };

test.each<[string, Fact, object]>([
  ["only in the reference", { place, kind: "missing", reference: true }, { ...at, kind: "missing", reference: "true" }],
  ["only in the shadow", { place, kind: "extra", shadow: null }, { ...at, kind: "extra", shadow: "null" }],
  [
    "on both sides, with traits",
    { place, kind: "value", reference: "x", shadow: "y", traits: ["item"] },
    { ...at, kind: "value", reference: '"x"', shadow: '"y"', traits: ["item"] },
  ],
])("a fact %s becomes a difference", (_, fact, expected) => {
  const walk: Findings = { found: [], tasks: [] };
  report(walk, fact);
  expect(walk.found).toEqual([expected]);
});
