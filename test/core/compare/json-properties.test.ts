/** What holds for any two JSON texts, whatever is in them; other libraries are asked where they can know. */
import fc from "fast-check";
import microdiff from "microdiff";
import { describe, expect, it, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import { jsonDifferences } from "../../../core/compare/differences/json.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";
import { answer, pairOf } from "../pair/builder.ts";

/** The longest that any pair may take, in milliseconds. */
const LIMIT_MS = 1_000;

function found(reference: string, shadow: string): readonly Difference[] {
  const compared = jsonDifferences(reference, shadow);
  return compared.ok ? compared.differences : [];
}

const short = ({ kind, path, traits = [] }: Difference): string => [kind, path, ...traits].join(" ");

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversedKeys(inner)]));
}

/** Without numbers that doubles cannot hold, and without the one key that plain objects cannot. */
const value = fc.jsonValue({ maxDepth: 4 }).filter((made) => !JSON.stringify(made).includes("__proto__"));
const body = fc.dictionary(fc.string(), value).filter((made) => !("__proto__" in made));

describe("any JSON", () => {
  it("does not differ from itself, in any spelling", () => {
    fc.assert(
      fc.property(value, (made) => {
        const spelled = JSON.stringify(reversedKeys(made), null, 2);
        expect(found(JSON.stringify(made), spelled)).toEqual([]);
      }),
    );
  });

  it("differs from another exactly where microdiff sees a difference", () => {
    fc.assert(
      fc.property(body, body, (left, right) => {
        const [one, other] = [JSON.parse(JSON.stringify(left)), JSON.parse(JSON.stringify(right))];
        const differs = microdiff(one, other).length > 0;
        expect(found(JSON.stringify(left), JSON.stringify(right)).length > 0).toBe(differs);
      }),
    );
  });

  it("differs when one scalar in it was exchanged, in either direction", () => {
    fc.assert(
      fc.property(value, (made) => {
        const [left, right] = [JSON.stringify({ made, x: 1 }), JSON.stringify({ made, x: 2 })];
        expect([found(left, right), found(right, left)].map((all) => all.map(short))).toEqual([
          ["value $.x"],
          ["value $.x"],
        ]);
      }),
    );
  });

  it("is read or refused without a crash, also when it is damaged or cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), fc.nat(), fc.boolean(), (left, right, at, cut) => {
        const damaged = right.slice(0, at % (right.length + 1));
        const compared = jsonDifferences(left, damaged, { shadowCut: cut, referenceCut: cut });
        expect(typeof compared.ok).toBe("boolean");
      }),
    );
  });
});

describe("lists", () => {
  const rows = fc
    .uniqueArray(fc.nat(10_000), { minLength: 8, maxLength: 40 })
    .map((ids) => ids.map((id) => ({ id, n: id % 3 })));

  it("name one element put anywhere as the only difference", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, at) => {
        const place = at % (list.length + 1);
        const more = list.toSpliced(place, 0, { id: 20_000, n: 1 });
        expect(found(JSON.stringify(list), JSON.stringify(more)).map(short)).toEqual([`extra $[${place}] item`]);
      }),
    );
  });

  it("name one element taken away as the only difference", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, at) => {
        const place = at % list.length;
        const less = list.toSpliced(place, 1);
        expect(found(JSON.stringify(list), JSON.stringify(less)).map(short)).toEqual([`missing $[${place}] item`]);
      }),
    );
  });

  it("name one element at another place as moved", () => {
    fc.assert(
      fc.property(rows, fc.nat(), fc.nat(), (list, from, to) => {
        const [at, then] = [from % list.length, to % list.length];
        fc.pre(at !== then);
        const moved = list.toSpliced(at, 1).toSpliced(then, 0, ...list.slice(at, at + 1));
        expect(found(JSON.stringify(list), JSON.stringify(moved)).map(({ kind, pattern }) => [kind, pattern])).toEqual([
          ["moved", "$"],
        ]);
      }),
    );
  });
});

describe("keys that mean something to JavaScript", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is data", (key) => {
    expect(found(`{"${key}":1,"a":1}`, `{"${key}":2,"a":1}`).map(short)).toEqual([`value $.${key}`]);
    expect(found(`{"${key}":1,"a":1}`, `{"a":1}`).map(short)).toEqual([`missing $.${key}`]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("large bodies are judged in time", () => {
  const deep = (levels: number, leaf: string): string => `${"[".repeat(levels)}${leaf}${"]".repeat(levels)}`;
  const wide = (by: string): string =>
    `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":${at}${by}`).join(",")}}`;
  test.each<[string, string, string, string]>([
    ["100,000 levels", deep(100_000, "1"), deep(100_000, '"1"'), "Critical"],
    ["100,000 keys", wide(""), wide("").replace('"k99999":99999', '"k99999":null'), "Critical"],
    [
      "an upper-case key of 100,000 characters",
      `[{"${"A".repeat(100_000)}":1}]`,
      `[{"${"A".repeat(100_000)}":2}]`,
      "Warning",
    ],
  ])("%s", (_, reference, shadow, verdict) => {
    const before = cpuNow();
    expect(judge(pairOf({ prod: answer(reference), shadow: answer(shadow) }), EMPTY_MEMORY).judged.verdict).toBe(
      verdict,
    );
    // Other tests run beside it: the limit on a machine of its own is 200 ms.
    expect(cpuMsSince(before)).toBeLessThan(LIMIT_MS * 5);
  });
});
