import { expect, test } from "vitest";
import type { Pair } from "../../../core/pair/pair.ts";
import { undecidedReason } from "../../../core/verdict/undecided.ts";
import { answer, pairOf } from "../pair/builder.ts";

const dead = { failed: "reset", latencyMs: 9 } as const;
const of = (status: number) => answer({}, { status });

test.each<[string, Pick<Pair, "prod" | "shadow"> & Partial<Pair>, RegExp | null]>([
  ["both sides answered", { prod: of(200), shadow: of(500) }, null],
  ["the shadow alone did not answer", { prod: of(200), shadow: dead }, null],
  [
    "production alone did not answer",
    { prod: dead, shadow: of(200) },
    /^Production gave no answer \(reset\), so [^.]*\.$/,
  ],
  ["nobody answered", { prod: dead, shadow: dead }, /Neither did the shadow\.$/],
  ["the base stack answered in production's place", { prod: dead, base: of(200), shadow: of(200) }, null],
  ["the base stack alone did not answer", { prod: of(200), base: dead, shadow: of(200) }, null],
  ["base and production answered alike", { prod: of(200), base: of(204), shadow: of(500) }, null],
  [
    "the base stack fails where production does not",
    { prod: of(200), base: of(503), shadow: of(503) },
    /answered 503 where production answered 200/,
  ],
])("%s", (_, sides, expected) => {
  const reason = undecidedReason(pairOf(sides));
  if (expected === null) expect(reason).toBeNull();
  else expect(reason).toMatch(expected);
});
