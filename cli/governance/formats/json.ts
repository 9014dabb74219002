/** For programs: the whole report. */
import type { Report } from "../report.ts";

/** Of the keys; additions do not count it up. */
export const SCHEMA_VERSION = 1;

export function json(report: Report): string {
  const { rules, exitCode, ...rest } = report;
  const written = {
    schemaVersion: SCHEMA_VERSION,
    passed: exitCode === 0,
    exitCode,
    ...rest,
    rules: rules.map(({ checks, ...rule }) => ({ ...rule, checks: checks.map(({ kind }) => kind) })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
