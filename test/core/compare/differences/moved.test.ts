import { expect, test } from "vitest";
import { type JsonSettings, jsonDifferences } from "../../../../core/compare/differences/json.ts";
import { short } from "./bodies.ts";

function found(reference: unknown, shadow: unknown, settings: JsonSettings = {}): readonly string[] {
  const compared = jsonDifferences(JSON.stringify(reference), JSON.stringify(shadow), settings);
  return compared.ok ? compared.differences.map(short) : [];
}

const address = { street: "Long Road 5", city: "Springfield" };
const line = (order: number, sku: number, n: number): unknown => ({ order_id: order, sku, n });

test.each<[string, unknown, unknown, readonly string[]]>([
  [
    "a member at another path is moved",
    { a: { address } },
    { a: { x: 1 }, address },
    ["moved $.a.address", "extra $.a.x"],
  ],
  [
    "a small one may be equal by chance",
    { a: { n: 1 } },
    { a: { x: 2 }, n: 1 },
    ["missing $.a.n", "extra $.n", "extra $.a.x"],
  ],
  [
    "one that changed on its way is not",
    { o: { address, n: 1 } },
    { o: { n: 1 }, address: { ...address, city: "X" } },
    ["extra $.address", "missing $.o.address"],
  ],
])("%s", (_, reference, shadow, expected) => {
  expect(found(reference, shadow).toSorted()).toEqual(expected.toSorted());
});

test("two fields together tell elements apart where one alone does not", () => {
  const lines = [line(1, 1, 5), line(1, 2, 5), line(2, 1, 5), line(2, 2, 5)];
  expect(found(lines, [line(9, 9, 1), ...lines.with(3, line(2, 2, 6))])).toEqual(["extra $[0] item", "value $[3].n"]);
});

test("the repository names the identifying field of a list", () => {
  const [left, right] = [
    {
      l: [
        { id: 1, slot: "a" },
        { id: 2, slot: "b" },
      ],
    },
    {
      l: [
        { id: 2, slot: "a" },
        { id: 1, slot: "b" },
      ],
    },
  ];
  for (const path of ["$.l", "$['l']", "$..l", "$.*"])
    expect(found(left, right, { listKeys: { [path]: "slot" } })).toEqual(["value $.l[0].id", "value $.l[1].id"]);
  expect(found(left, right, { listKeys: { "$.other": "slot" } })).toEqual([
    "order $.l sorted",
    "value $.l[0].slot",
    "value $.l[1].slot",
  ]);
});
