import { describe, expect, it } from "vitest";
import type { Row } from "../../../pages/src/pair/align/row.ts";
import { tagOfHeader, tagOfRow, tagsByPath } from "../../../pages/src/pair/tags.ts";

type Finding = Parameters<typeof tagsByPath>[0][number];

function finding(path: string, severity: Finding["severity"], noise: Finding["noise"] = null): Finding {
  const ids = { rule: `${severity} at ${path}`, signature: path, pattern: path, reason: "" };
  return { ...ids, path, severity, noise, floor: severity, ceiling: severity, differences: [] };
}

function row(path: string, mark: Row["mark"]): Row {
  return { path, mark, depth: 0, left: "", right: "" };
}

describe("tags", () => {
  it("says the worst of several findings at one place, and noise only where there is nothing else", () => {
    const tags = tagsByPath([finding("$.a", "Critical", { reason: "a clock" }), finding("$.a", "Warning")]);
    expect(tagOfRow(tags, row("$.a", "changed"))?.tone).toBe("Warning");
  });

  it("speaks of the inner lines of a missing part, but not of a change inside a part that is noise", () => {
    const tags = tagsByPath([finding("$.list[1]", "Critical"), finding("$.set", "Warning", { reason: "set order" })]);
    expect(tagOfRow(tags, row("$.list[1].name", "missing"))?.tone).toBe("Critical");
    expect(tagOfRow(tags, row("$.set[0].name", "changed"))).toBeUndefined();
  });

  it("says of a header what was found in a part of it", () => {
    const tags = tagsByPath([finding("header:set-cookie:sid;secure", "Critical")]);
    expect(tagOfHeader(tags, "set-cookie")?.tone).toBe("Critical");
    expect(tagOfHeader(tags, "set")).toBeUndefined();
  });
});
