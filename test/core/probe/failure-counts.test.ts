/** Faults in words, each once. */
import { expect, it } from "vitest";
import { countedFailures } from "../../../core/probe/failure-counts.ts";
import { bad, good } from "./samples.ts";

it("tells each kind of fault once, the most frequent first", () => {
  const other = { ...bad("schema"), detail: "$.p95 is missing" };
  expect(countedFailures([bad("timeout"), other, good(1), other])).toEqual([
    { words: "$.p95 is missing", count: 2 },
    { words: "it was timeout", count: 1 },
  ]);
});
