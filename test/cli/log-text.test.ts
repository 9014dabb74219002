/** Words of strangers in a log: they stay words. */
import { expect, test } from "vitest";
import { logText } from "../../cli/log-text.ts";

test.each([
  ["a plain name", "src/a b.ts", "src/a b.ts"],
  ["a line break", "a\n::error::b", "a ::error::b"],
  ["an escape, and one of eight bits", "\u001b[2J\u009b2J", "\\u{1b}[2J\\u{9b}2J"],
  ["signs that turn the direction of what follows", "a\u202eb", "a\\u{202e}b"],
  ["line separators", "a\u2028b\u2029c\rd", "a\\u{2028}b\\u{2029}c\\u{d}d"],
  ["a command of the runner", "::add-mask::true", "\\u{3a}:add-mask::true"],
  ["one after blanks, which the runner takes off", " \t::stop-commands::x", " \\u{9}::stop-commands::x"],
  ["a command of its older form, anywhere", "a##[add-mask]true", "a#\\u{23}[add-mask]true"],
  ["colons inside", "a::b", "a::b"],
])("%s", (_, text, expected) => {
  expect(logText(text)).toBe(expected);
});

test("no words begin a command, whatever stands before them", () => {
  for (const blank of [" ", "  ", "\n", "\t", "\u00a0", "\u3000", "\ufeff"])
    expect(logText(`${blank}::error::x`).trimStart()).not.toMatch(/^::/);
});
