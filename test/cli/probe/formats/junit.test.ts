/** JUnit: read back by a parser of its own. */
import { parseDocument } from "htmlparser2";
import { expect, it } from "vitest";
import { probeJunit } from "../../../../cli/probe/formats/junit.ts";
import { bad, good, times } from "../../../core/probe/samples.ts";
import { reportOf } from "./reports.ts";

type Element = Extract<ReturnType<typeof parseDocument>["children"][number], { attribs: unknown }>;

function elements(xml: string, name: string): readonly Element[] {
  const found: Element[] = [];
  const look = (nodes: ReturnType<typeof parseDocument>["children"]): void => {
    for (const node of nodes) {
      if ("attribs" in node && node.name === name) found.push(node);
      if ("children" in node) look(node.children);
    }
  };
  look(parseDocument(xml, { xmlMode: true }).children);
  return found;
}

it("has a suite for each endpoint and a case for each budget; the counts add up", () => {
  const samples = [...times(10, () => good(10)), ...times(10, () => ({ ...bad("schema", 10, 9), detail: '<&"$.a' }))];
  const xml = probeJunit(reportOf({ samples }, { kind: "failed" }));
  const [root] = elements(xml, "testsuites");
  expect(root?.attribs).toMatchObject({ tests: "8", failures: "1", errors: "0" });
  expect(elements(xml, "testsuite").map(({ attribs }) => [attribs.name, attribs.tests, attribs.failures])).toEqual([
    ["/api/shadow/stats", "4", "1"],
    ["/api/shadow/events", "4", "0"],
  ]);
  const [failure] = elements(xml, "failure");
  expect(failure?.attribs.message).toBe("failures are 50 % and have to stay under 5 % (schema 10)");
  expect(failure?.children).toMatchObject([{ data: '10 x <&"$.a' }]);
});

it("has an error where the service cannot be reached or the run was interrupted", () => {
  const sentence = "nobody is there";
  for (const verdict of [{ kind: "unreachable", sentence } as const, { kind: "interrupted" } as const]) {
    const xml = probeJunit(reportOf({ samples: [] }, verdict));
    expect(elements(xml, "error")).toHaveLength(1);
    expect(elements(xml, "testsuites")[0]?.attribs.errors).toBe("1");
  }
});

it("skips a time that is not judged", () => {
  const sides = { samples: times(20, () => good(90)), compare: times(20, () => good(89)) };
  const xml = probeJunit(reportOf(sides, { kind: "passed" }, "--compare-url", "http://localhost:8000"));
  expect(elements(xml, "testsuites")[0]?.attribs).toMatchObject({ tests: "12", failures: "0" });
  const skipped = elements(xml, "testsuite").map(({ attribs }) => Number(attribs.skipped));
  expect(skipped.reduce((sum, count) => sum + count, 0)).toBe(4);
});
