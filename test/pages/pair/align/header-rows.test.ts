import { describe, expect, it } from "vitest";
import { headerRows } from "../../../../pages/src/pair/align/header-rows.ts";

describe("headerRows", () => {
  it("puts differing headers first and says how they differ", () => {
    const rows = headerRows({ a: "1", b: "1", c: "1" }, { a: "1", b: "2", d: "1" });
    expect(rows.map((row) => `${row.name} ${row.mark}`)).toEqual(["b changed", "c missing", "d extra", "a same"]);
  });

  it("compares every occurrence of a repeated header", () => {
    expect(headerRows({ a: ["1", "2"] }, { a: ["1", "3"] })[0]).toMatchObject({ mark: "changed", right: ["1", "3"] });
    expect(headerRows({ a: "1" }, { a: ["1"] })[0]?.mark).toBe("same");
  });
});
