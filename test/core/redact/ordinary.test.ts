import { expect, test } from "vitest";
import { ORDINARY } from "../../canaries/ordinary.ts";
import { redaction } from "./redactor.ts";

test("at most 1 % of ordinary values are replaced, and of no kind more than 3 %", () => {
  const { text } = redaction();
  const perKind = 2_000;
  const replaced = Object.entries(ORDINARY).map(([kind, make]) => {
    const values = Array.from({ length: perKind }, make);
    return { kind, share: values.filter((value) => text(value) !== value).length / perKind };
  });
  expect(replaced.filter(({ share }) => share > 0.03)).toEqual([]);
  expect(replaced.reduce((sum, { share }) => sum + share, 0) / replaced.length).toBeLessThan(0.01);
});
