import { describe, expect, it } from "vitest";
import { bytes, counted, milliseconds, percent } from "../../../pages/src/words/numbers.ts";

describe("numbers", () => {
  it("never rounds a share to all or nothing", () => {
    expect([percent(1, 1_000), percent(999, 1_000), percent(0, 9), percent(9, 9), percent(0, 0)]).toEqual([
      "<1 %",
      ">99 %",
      "0 %",
      "100 %",
      "–",
    ]);
  });

  it("writes counts, times and sizes with their units", () => {
    expect([counted(1, "pair"), counted(1_240, "pair")]).toEqual(["1 pair", "1,240 pairs"]);
    expect([milliseconds(8.44), milliseconds(1_240.4)]).toEqual(["8.4 ms", "1,240 ms"]);
    expect([milliseconds(0), milliseconds(0.001)]).toEqual(["0 ms", "0.001 ms"]);
    expect([bytes(999), bytes(12_400), bytes(4_200_000)]).toEqual(["999 B", "12.4 kB", "4.2 MB"]);
  });
});
