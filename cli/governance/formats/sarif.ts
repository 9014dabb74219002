/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code scanning reads it. Exceptions are suppressions, so nothing disappears.
 */
import { createHash } from "node:crypto";
import { blocks } from "../../../core/governance/judge.ts";
import type { Rule } from "../../../core/governance/rules.ts";
import type { RuleLevel, Violation } from "../../../core/governance/violation.ts";
import type { Report } from "../report.ts";

const LEVELS: Readonly<Record<RuleLevel, "error" | "warning">> = {
  CRITICAL: "error",
  ERROR: "error",
  WARNING: "warning",
};
/** GitHub's measure of security findings, 0 to 10: https://docs.github.com/code-security/code-scanning */
const SECURITY_SEVERITY: Readonly<Record<RuleLevel, string>> = { CRITICAL: "9.5", ERROR: "7.5", WARNING: "4.0" };

export function sarif(report: Report): string {
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "shadow-infra governance", rules: report.rules.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { description: { text: "The top of the repository." } } },
        invocations: [{ executionSuccessful: report.exitCode !== 3, toolExecutionNotifications: notesOf(report) }],
        results: resultsOf(report),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function idOf(ruleId: string): string {
  return `rule-${ruleId}`;
}

function ruleOf({ id, title, description, severity, category, enforcement, owner }: Rule): object {
  const isSecurity = category === "SECURITY";
  return {
    id: idOf(String(id)),
    name: title.replaceAll(/[^A-Za-z0-9]+/g, ""),
    shortDescription: { text: title },
    fullDescription: { text: description === "" ? title : description },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      category,
      ruleLevel: severity,
      enforcement,
      ...(owner === undefined ? {} : { owner }),
      tags: [category.toLowerCase(), ...(isSecurity ? ["security"] : [])].filter(
        (tag, n, all) => all.indexOf(tag) === n,
      ),
      ...(isSecurity ? { "security-severity": SECURITY_SEVERITY[severity] } : {}),
    },
  };
}

function notesOf({ notes, outcomes }: Report): readonly object[] {
  const notJudged = outcomes.flatMap(({ ruleId, reason }) =>
    reason === null ? [] : [`rule ${ruleId} was not judged, or only in part: ${reason}`],
  );
  return [...notes, ...notJudged].map((text) => ({ level: "note", message: { text } }));
}

function resultsOf({ violations, rules, rulesPath }: Report): readonly object[] {
  const seen = new Map<string, number>();
  return violations.map((violation) => {
    const print = fingerprint(violation);
    const nth = (seen.get(print) ?? 0) + 1;
    seen.set(print, nth);
    const index = rules.findIndex(({ id }) => String(id) === violation.ruleId);
    return {
      ruleId: idOf(violation.ruleId),
      ...(index < 0 ? {} : { ruleIndex: index }),
      level: blocks(violation) || violation.exception !== null ? LEVELS[violation.level] : "warning",
      message: { text: `${violation.message}. ${violation.hint}` },
      // Code scanning shows only what has a place; what belongs to no file is shown at the rules.
      locations: [locationOf(violation, rulesPath)],
      partialFingerprints: { "shadowInfraGovernance/v1": `${print}:${nth}` },
      ...(violation.exception === null ? {} : { suppressions: [suppressionOf(violation.exception)] }),
    };
  });
}

function locationOf({ path, line, column }: Violation, rulesPath: string): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(path ?? rulesPath), uriBaseId: "SRCROOT" },
      region: { startLine: line ?? 1, ...(line === null || column === null ? {} : { startColumn: column }) },
    },
  };
}

/** Relative, each part escaped. */
function uriOf(path: string): string {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

function suppressionOf({ reason, expires }: NonNullable<Violation["exception"]>): object {
  return { kind: "external", status: "accepted", justification: `${reason} (until ${expires})` };
}

/** Without the line, so that it stays the same when code above it moves. */
function fingerprint({ ruleId, check, path, subject, message }: Violation): string {
  const identity = JSON.stringify([ruleId, check, path, subject ?? message]);
  return createHash("sha256").update(identity).digest("hex").slice(0, 32);
}
