import { expect, test } from "vitest";
import { type ShapeDrift, shapeHint } from "../../../core/noise/shape-hint.ts";

const LIST = "GET /items";
const places = (route: string, count: number, names = ["$.a", "$.b", "$.c"]): readonly ShapeDrift[] =>
  names.map((pattern) => ({ route, kind: "value", pattern, count }));
const pairs = new Map([
  [LIST, 100],
  ["GET /other", 20],
]);

test("most values differ and no shape does: the hint names the routes and the line that helps", () => {
  const hint = shapeHint(places(LIST, 60), pairs);
  expect(hint).toMatchObject({ routes: [LIST], pairs: 100, of: 120 });
  expect(hint?.words).toMatch(/In 100 of 120 pairs .*GET \/items.*compare: shape/);
});

test.each<[string, readonly ShapeDrift[]]>([
  ["nothing differs", []],
  ["two places differ", places(LIST, 90, ["$.a", "$.b"])],
  ["values differ in a third of the pairs", places(LIST, 33)],
  ["a field is gone as well", [...places(LIST, 90), { route: LIST, kind: "missing", pattern: "$.d", count: 9 }]],
  ["only headers differ", places(LIST, 90, ["header:a", "header:b", "header:c"])],
  ["it is a small part of the traffic", places("GET /other", 20)],
])("no hint where %s", (_, drifts) => {
  expect(shapeHint(drifts, pairs)).toBeNull();
});
