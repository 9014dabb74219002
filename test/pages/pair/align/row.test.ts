import { describe, expect, it } from "vitest";
import { type Row, stretches } from "../../../../pages/src/pair/align/row.ts";

function rows(marks: string): readonly Row[] {
  return marks.split("").map((mark) => ({
    mark: mark === "!" ? "changed" : "same",
    depth: 0,
    left: "",
    right: "",
    path: null,
  }));
}

/** Lengths of the stretches, folded ones in brackets. */
function shape(marks: string): string {
  return stretches(rows(marks))
    .map((part) => (part.folded ? `[${part.rows.length}]` : `${part.rows.length}`))
    .join(" ");
}

describe("stretches", () => {
  it("keeps three rows around a difference and folds the rest", () => {
    expect(shape("..........!..........")).toBe("[7] 7 [7]");
  });

  it("does not fold a few rows between two differences", () => {
    expect(shape("!.........!")).toBe("4 3 4");
  });

  it("folds everything where nothing differs", () => {
    expect(shape("..........")).toBe("[10]");
  });

  it("loses no row", () => {
    const marks = "!....!.................!!......";
    expect(stretches(rows(marks)).reduce((sum, part) => sum + part.rows.length, 0)).toBe(marks.length);
  });
});
