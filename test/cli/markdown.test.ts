/** What a stranger wrote, in Markdown: it stays text. */
import { expect, test } from "vitest";
import { escapedText, table } from "../../cli/markdown.ts";

test("a text brings no markup, no HTML, no mention and no line break", () => {
  const text = escapedText("a|b\n<img src=x> `c` @team [x](y) \u0007 &amp;");
  expect(text).not.toMatch(/[\n<\u0007]|(?<!\\)[|`[\]]|@t/);
});

test("a table escapes its cells, and has columns of numbers where it is told", () => {
  expect(table(["a", "b"], [["x|y", "1"]], ["---", "---:"])).toBe("| a | b |\n| --- | ---: |\n| x\\|y | 1 |");
  expect(table(["a"], [])).toBe("| a |\n| --- |");
});
