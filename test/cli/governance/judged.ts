/** A run over a repository of a test, in this process, and what it says of one rule. */

import type { Report } from "../../../cli/governance/report.ts";
import { type RunResult, runGovernance, type Wanted } from "../../../cli/governance/run.ts";

export const NOW = new Date("2026-03-01T12:00:00Z");

export const CHANGE: Wanted = {
  scope: "change",
  base: "main",
  head: "change",
  only: [],
  requiresResults: false,
  message: null,
};

export function run(
  folder: string,
  wanted: Partial<Wanted> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  return runGovernance({ ...CHANGE, ...wanted }, { folder, env, now: NOW });
}

export async function report(folder: string, wanted: Partial<Wanted> = {}): Promise<Report> {
  const result = await run(folder, wanted);
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

/** Hits of all rules that no exception covers: `path:line message`. */
export function hits({ violations }: Report): readonly string[] {
  return violations
    .filter(({ exception }) => exception === null)
    .map(({ path, line, message }) => `${path ?? "-"}${line === null ? "" : `:${line}`} ${message}`);
}

export async function problem(
  folder: string,
  wanted: Partial<Wanted> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const result = await run(folder, wanted, env);
  if (!("problem" in result)) throw new Error(`It judged: ${hits(result).join("\n")}`);
  return result;
}
