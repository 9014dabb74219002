/** What npm's audit means: found, found nothing, or nobody could be asked. */
import { expect, test } from "vitest";
import { readAudit } from "../../../cli/ci/audit.ts";

const report = (severities: readonly string[]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      severities.map((severity) => [`has-${severity}`, { severity, range: "<2.0.0" }]),
    ),
  });

test("a hole at the level or above it counts, one below does not", () => {
  const all = report(["info", "low", "moderate", "high", "critical"]);
  const names = (level: "low" | "high" | "critical") => {
    const audit = readAudit(all, level);
    return audit.kind === "asked" ? audit.vulnerable.map(({ name }) => name) : audit;
  };
  expect(names("high")).toEqual(["has-high", "has-critical"]);
  expect(names("critical")).toEqual(["has-critical"]);
  expect(names("low")).toHaveLength(4);
});

test("no holes is an answer", () => {
  expect(readAudit(report([]), "high")).toEqual({ kind: "asked", vulnerable: [] });
});

test.each([
  ["a registry without advisories", JSON.stringify({ message: "405 Method Not Allowed" }), "405 Method Not Allowed"],
  [
    "no lock file",
    JSON.stringify({ error: { code: "ENOLOCK", summary: "This command requires a lockfile." } }),
    "This command requires a lockfile.",
  ],
  ["nothing at all", "", "npm printed no report"],
  ["something else", "<html>", "npm printed no report"],
  ["an empty object", "{}", "npm printed no report"],
])("%s is no answer, and never a project without holes", (_name, output, reason) => {
  expect(readAudit(output, "high")).toEqual({ kind: "not-asked", reason });
});
