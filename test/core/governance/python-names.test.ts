/** Names as Python reads them. */
import { describe, expect, test } from "vitest";
import { factsOf } from "../../../cli/governance/source/facts.ts";
import { namesAsRead } from "../../../core/governance/python-names.ts";

const WIDE = "\uff54\uff4f\uff52\uff43\uff48";
const BOLD = "\u{1d42d}\u{1d428}\u{1d42b}\u{1d41c}\u{1d421}";

describe("a name in letters of another width or weight", () => {
  test.each([WIDE, BOLD, "t\u2092rch"])("%s is torch", (name) => {
    expect(namesAsRead(name)).toBe("torch");
    const facts = factsOf("a.py", `x = 1\nimport ${name}\n`);
    expect(facts?.imports).toMatchObject([{ module: "torch", line: 2 }]);
  });
});

test("what is no sign of a name stays, so that no text ends or begins elsewhere", () => {
  for (const text of ["\uff02", "\uff07", "\uff03", "\uff08", "\u00e9", "\u732b", "\ud83d", "plain"])
    expect(namesAsRead(text)).toBe(text);
});
