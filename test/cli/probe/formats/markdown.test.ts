/** The rows as Markdown. */
import { expect, it } from "vitest";
import { probeMarkdown } from "../../../../cli/probe/formats/markdown.ts";
import { good, times } from "../../../core/probe/samples.ts";
import { reportOf } from "./reports.ts";

it("has each budget as a row with its mark, under a line that says how it ended", () => {
  const [head, , , , ...rows] = probeMarkdown(
    reportOf({ samples: times(20, () => good(500)) }, { kind: "failed" }),
  ).split("\n");
  expect(head).toBe("**The probe failed.** http://localhost:8001, 20 requests of each endpoint");
  expect(rows[0]).toMatch(/^\| FAIL \| \/api\/shadow\/stats \| p95 \| 500 ms \| .* ms \| max of 20 \|$|^\| FAIL /);
  expect(rows.filter((row) => row.startsWith("| pass"))).toHaveLength(6);
});

it("tells in one sentence that nobody is there, without names becoming markup", () => {
  const verdict = { kind: "unreachable", sentence: "http://a_b cannot be reached" } as const;
  expect(probeMarkdown(reportOf({ samples: [] }, verdict))).toBe("http://a\\_b cannot be reached\n");
});
