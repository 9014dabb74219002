import { expect, test } from "vitest";
import { newPeers } from "../../../../core/compare/differences/optional.ts";
import { memberPlace, ROOT } from "../../../../core/compare/differences/place.ts";
import { newSameText } from "../../../../core/compare/differences/same-text.ts";
import { type Fact, report, reportText, type Walk } from "../../../../core/compare/differences/walk.ts";
import { newKeyTable } from "../../../../core/compare/json/keys.ts";
import { readJson } from "../../../../core/compare/json/read.ts";

const place = memberPlace(ROOT, "a");
const at = { part: "body", path: "$.a", pattern: "$.a" };

function walkOf(reference: string, shadow: string): Walk {
  const keys = newKeyTable();
  const [left, right] = [readJson(reference, { keys }), readJson(shadow, { keys })];
  if (!left.ok || !right.ok) throw new Error("not JSON");
  const sides = { reference: left.document, shadow: right.document };
  const same = newSameText(sides.reference, sides.shadow);
  return { ...sides, same, listKeys: {}, peers: newPeers(), found: [], tasks: [], removed: [], added: [] };
}

test.each<[string, Fact, object]>([
  ["only in the reference", { place, kind: "missing", reference: 0 }, { ...at, kind: "missing", reference: '"x"' }],
  ["only in the shadow", { place, kind: "extra", shadow: 0 }, { ...at, kind: "extra", shadow: '"y"' }],
  [
    "on both sides, with traits",
    { place, kind: "value", reference: 0, shadow: 0, traits: ["item"] },
    { ...at, kind: "value", reference: '"x"', shadow: '"y"', traits: ["item"] },
  ],
])("a fact %s becomes a difference", (_, fact, expected) => {
  const walk = walkOf('"x"', ' "\\u0079"');
  report(walk, fact);
  expect(walk.found).toEqual([expected]);
});

test("a fact that is no value becomes a difference as it is", () => {
  const walk = walkOf("[1]", "[1,2]");
  reportText(walk, { place, kind: "length" }, ["1", "2"]);
  expect(walk.found).toEqual([{ ...at, kind: "length", reference: "1", shadow: "2" }]);
});
