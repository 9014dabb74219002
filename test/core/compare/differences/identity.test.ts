import { expect, test } from "vitest";
import { identityOf } from "../../../../core/compare/differences/identity.ts";
import { twoLists } from "./elements.ts";

test.each<[string, readonly unknown[], readonly unknown[], string | null]>([
  [
    "an id",
    [
      { n: 1, id: 5 },
      { n: 1, id: 6 },
    ],
    [{ n: 1, id: 6 }],
    "id",
  ],
  [
    "an id before another field that is unique",
    [
      { at: 1, sku: "a" },
      { at: 2, sku: "b" },
    ],
    [
      { at: 1, sku: "a" },
      { at: 2, sku: "b" },
    ],
    "sku",
  ],
  ["a name where there is no id", [{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "c" }], "name"],
  [
    "what is shared rather than what is called an id",
    [
      { id: 1, name: "a" },
      { id: 2, name: "b" },
    ],
    [
      { id: 8, name: "a" },
      { id: 9, name: "b" },
    ],
    "name",
  ],
  ["nothing that repeats in the reference", [{ id: 1 }, { id: 1 }], [{ id: 1 }], null],
  ["what repeats in the shadow alone", [{ id: 1 }, { id: 2 }], [{ id: 1 }, { id: 1 }], "id"],
  ["nothing that some lack", [{ id: 1 }, {}], [{ id: 1 }], null],
  ["nothing that is made anew", [{ id: 1 }, { id: 2 }], [{ id: 8 }, { id: 9 }], null],
  ["nothing that is null, a flag or a container", [{ a: null, b: true, c: [1] }], [{ a: null, b: true, c: [1] }], null],
  ["nothing in nothing", [], [], null],
])("elements are told apart by %s", (_, reference, shadow, expected) => {
  expect(identityOf(...twoLists(reference, shadow))?.by ?? null).toBe(expected);
});
