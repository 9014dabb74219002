/** Every step of one pair: why it is on its route, what differs, what explains it, and why the rest counts. */
import { describe, expect, test } from "vitest";
import { type Explanation, explain } from "../../../cli/compare/explain.ts";
import { explanation } from "../../../cli/compare/formats/explanation.ts";
import { readPair } from "../../../cli/compare/read-pair.ts";
import type { Seen } from "../../../cli/compare/run.ts";
import { EMPTY_MEMORY, type RouteMemory } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { recordedLine, type Sides } from "./recorded.ts";

function seenOf(sides: Sides, memory: RouteMemory = EMPTY_MEMORY): Seen {
  const pair = readPair(recordedLine(sides));
  if (!pair.ok) throw new Error(pair.detail);
  const { case: seen, judged } = judge(pair.value, memory);
  return { pair: pair.value, case: seen, judged, memory, size: 1 };
}

function explained(sides: Sides, memory?: RouteMemory): Explanation {
  return explain(seenOf(sides, memory));
}

async function textOf(seen: Seen, id: string, asJson = false): Promise<string> {
  const written: string[] = [];
  await explanation(id, asJson).pair?.(seen, (text) => {
    written.push(text);
    return Promise.resolve();
  });
  return written.join("");
}

describe("a difference", () => {
  test("that a rule proves counts, and says that no second answer can explain it", () => {
    const { differences, verdict, route } = explained({
      prod: { a: 1, b: 2 },
      shadow: { a: 1 },
      control: { a: 1, b: 2 },
    });
    expect([verdict, route.name]).toEqual(["Critical", "GET /things/{id}"]);
    expect(differences).toMatchObject([
      {
        path: "$.b",
        kind: "missing",
        rule: "field-removed",
        noise: null,
        counts: expect.stringContaining("never noise"),
      },
    ]);
  });

  test("that the pair's own second answer shows too names it, and is noise", () => {
    const { differences } = explained({ prod: { a: "x1" }, shadow: { a: "y2" }, control: { a: "z3" } });
    expect(differences).toMatchObject([{ secondAnswers: ["control"], counts: null, noise: expect.any(String) }]);
  });

  test("that nothing explains says whether anything could have", () => {
    const [alone] = explained({ prod: { color: "red" }, shadow: { color: "blue" } }).differences;
    const [calm] = explained({
      prod: { color: "red" },
      shadow: { color: "blue" },
      control: { color: "red" },
    }).differences;
    expect(alone?.counts).toContain("there is no second answer in this pair");
    expect(calm?.counts).toContain("The second answers of this pair do not differ there.");
  });

  test("comes with what other pairs of the route showed there", () => {
    const memory: RouteMemory = { ...EMPTY_MEMORY, pairs: 40, secondAnswers: 30, learnedNoise: { "$.a value": 29 } };
    const { differences, memory: known } = explained({ prod: { a: "x1" }, shadow: { a: "y2" } }, memory);
    expect([differences[0]?.learned, known]).toEqual([
      { count: 29, of: 30 },
      { pairs: 40, slow: 0, secondAnswers: 30 },
    ]);
  });
});

test("differences beyond those that are told one by one are counted", () => {
  const wide = (mark: string) => Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`f${i}`, `${mark}${i}`]));
  const { differences, moreDifferences } = explained({ prod: wide("a"), shadow: wide("b") });
  expect([differences.length, moreDifferences]).toEqual([200, 50]);
});

describe("as text", () => {
  test("the six steps stand in their order", async () => {
    const text = await textOf(seenOf({ id: "one", prod: { a: 1 }, shadow: { a: 1 } }), "one");
    expect(text.split("\n").flatMap((line) => /^\d\. \w+/.exec(line)?.[0] ?? [])).toEqual([
      "1. Route",
      "2. Compared",
      "3. Structural",
      "4. Known",
      "5. Differences",
      "6. Verdict",
    ]);
    expect(text).toContain("both answers are equal");
  });

  test("nothing of an answer steers the terminal, and another pair says nothing", async () => {
    const seen = seenOf({ id: "one", prod: { a: "red" }, shadow: { a: "\u001b[2J\u202eblue" } });
    expect((await textOf(seen, "one")).replaceAll("\n", "")).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(await textOf(seen, "two")).toBe("");
    expect(JSON.parse(await textOf(seen, "one", true))).toMatchObject({ schemaVersion: 1, id: "one" });
  });
});
