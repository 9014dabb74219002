import { expect, test } from "vitest";
import { withoutRefusal } from "../../../pages/src/words/refused.ts";

test("a refused wish stands apart from what the rule says", () => {
  const refused = "The wish to ignore $.total was refused: it would hide another type.";
  expect(withoutRefusal(`A number became a string. ${refused}`)).toEqual({
    said: "A number became a string.",
    refused,
  });
  expect(withoutRefusal("A number became a string.")).toEqual({ said: "A number became a string.", refused: null });
});
