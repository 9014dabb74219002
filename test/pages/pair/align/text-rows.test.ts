import { describe, expect, it } from "vitest";
import { textRows } from "../../../../pages/src/pair/align/text-rows.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";

describe("textRows", () => {
  it("marks a replaced line once, both versions beside each other", () => {
    expect(textRows("a\nb\nc\n", "a\nx\nc\n").map((row) => [row.mark, row.left, row.right])).toEqual([
      ["same", "a", "a"],
      ["changed", "b", "x"],
      ["same", "c", "c"],
    ]);
  });

  it("shows lines that only one side has without shifting the rest", () => {
    expect(textRows("a\nb\n", "new\na\n").map((row) => row.mark)).toEqual(["extra", "same", "missing"]);
  });

  it("numbers lines as findings do: by production, or by the shadow where only it has the line", () => {
    expect(textRows("a\nb\n", "a\nnew\nb\n").map((row) => row.path)).toEqual([
      "body:line 1",
      "body:line 2",
      "body:line 2",
    ]);
  });

  it("breaks up a minified body, so that a small difference is a small mark", () => {
    const long = Array.from({ length: 400 }, (_, at) => `"k${at}":${at}`).join(",");
    const rows = textRows(`{${long}`, `{${long.replace('"k7":7,', '"k7":8,')}`);
    expect(rows.filter((row) => row.mark !== "same").map((row) => [row.left, row.right])).toEqual([
      ['"k7":7,', '"k7":8,'],
    ]);
  });

  it("answers quickly for texts that have nothing in common", () => {
    const text = (seed: string) => Array.from({ length: 20_000 }, (_, at) => `${seed}${at}`).join("\n");
    const start = cpuNow();
    expect(textRows(text("a"), text("b"))).toHaveLength(20_000);
    expect(cpuMsSince(start)).toBeLessThan(5_000);
  });

  it("has no rows for two empty bodies", () => {
    expect(textRows("", "")).toEqual([]);
  });
});
