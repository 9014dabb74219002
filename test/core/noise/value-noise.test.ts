/** Why one value excuses another, or does not. The classes themselves are tested beside their own files. */
import { expect, test } from "vitest";
import type { Difference } from "../../../core/compare/difference.ts";
import { evidenceOf } from "../../../core/noise/evidence.ts";
import { valueNoise } from "../../../core/noise/value-noise.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { answer, pairOf } from "../pair/builder.ts";

const A = "q7Rz0Lk2Xv9Tn4Ws8Yb1";
const B = "M3fJ6pHc5Dg0Ae8Qu2Zi";
const token = (hash: string, keyId = "k1"): string => `redacted:string:m:${keyId}:${hash}`;

interface Situation {
  readonly method?: string;
  /** The reference was asked twice and kept everything. */
  readonly kept?: boolean;
}

function reasonOf(
  field: string,
  values: readonly [unknown, unknown],
  { method = "GET", kept }: Situation,
): string | null {
  const [reference, shadow] = values.map((value) => JSON.stringify(value));
  const pair = pairOf(
    { prod: answer({}), shadow: answer({ x: 1 }), ...(kept ? { control: answer({}) } : {}) },
    { method },
  );
  const evidence = evidenceOf(openCase(pair), EMPTY_MEMORY);
  if (evidence === null || reference === undefined || shadow === undefined) return "nothing to explain";
  const difference: Difference = {
    part: "body",
    kind: "value",
    path: `$.${field}`,
    pattern: `$.${field}`,
    reference,
    shadow,
  };
  return valueNoise(difference, evidence)?.reason ?? null;
}

test.each<[string, readonly [unknown, unknown], Situation, RegExp | null]>([
  ["created_at", [1795262400, 1795262402], {}, /time of their own answer/],
  ["count", [1795262400, 1795262402], {}, null],
  ["created_at", [12, 14], {}, null],
  ["x", ["2026-11-21T12:00:00Z", "2026-11-21T12:00:02Z"], {}, /time of their own answer/],
  ["updated_at", ["2026-11-21T12:00:00Z", "never"], {}, null],
  ["x", [A, B], {}, /random tokens/],
  ["x", [A, B], { kept: true }, null],
  ["nonce", [A, B], { kept: true }, /random tokens/],
  ["id", [A, B], {}, null],
  ["id", [A, B], { method: "POST" }, /random tokens/],
  ["x", ["a8f3k2x9", "p0q7z4m1"], {}, null],
  ["csrf", ["a8f3k2x9", "p0q7z4m1"], {}, /short tokens/],
  ["csrf", ["a8f3k2x9", "missing"], {}, null],
  ["token", ["red", "blue"], {}, null],
  ["x", [token("aa"), token("bb")], {}, null],
  ["x", [token("aa"), token("bb", "k2")], {}, /different keys/],
  ["x", [token("aa"), "plain"], {}, null],
  ["link", ["http://localhost:1/a", "http://localhost:2/a"], {}, /own host/],
  ["link", ["/a", "http://localhost:2/a"], {}, null],
  ["x", [true, false], {}, null],
])("%s of %j in %j", (...[field, values, situation, expected]) => {
  const reason = reasonOf(field, values, situation);
  if (expected === null) expect(reason).toBeNull();
  else expect(reason).toMatch(expected);
});
