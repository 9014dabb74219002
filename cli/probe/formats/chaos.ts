/** A chaos run for people, and as JSON. */

import { createColors } from "picocolors";
import type { PhaseFigures } from "../../../core/probe/chaos.ts";
import { timeCell } from "../../../core/probe/decimals.ts";
import { PROBE_SCHEMA_VERSION } from "../../../core/wire/api/probes.ts";
import type { ChaosReport } from "../chaos.ts";
import type { Chaos } from "../chaos-ask.ts";
import { addressOf, type Plan } from "../plan.ts";

export interface ChaosDone {
  readonly plan: Plan;
  readonly chaos: Chaos;
  /** As it was written on the command line. */
  readonly asked: string;
  readonly timestamp: string;
  readonly report: ChaosReport;
}

const COLUMNS = [
  "phase",
  "sent",
  "p50 ms",
  "p95 ms",
  "p99 ms",
  "failed",
  "refused",
  "explained",
  "wrong",
  "hung",
] as const;

/** Ends with a line break. */
export function chaosPretty({ plan, chaos, asked, report }: ChaosDone, hasColors: boolean): string {
  const colors = createColors(hasColors);
  if (report.undecided !== null && report.figures.length === 0) return `${colors.red(report.undecided)}\n`;
  const byEndpoint = Map.groupBy(report.figures, ({ endpoint }) => endpoint);
  const lines = [
    colors.bold(
      `${addressOf(plan.baseUrl)}: chaos ${asked}, ${chaos.phaseS} s a phase (--chaos-seed ${chaos.seed} repeats it)`,
    ),
    ...[...byEndpoint].flatMap(([endpoint, figures]) => [
      "",
      endpoint,
      ...tableOf(figures),
      ...recoveryLine(report, endpoint),
    ]),
    "",
    ...(report.cuts > 0 ? [`${report.cuts} connections were cut.`] : []),
    endLine(report, colors),
  ];
  return `${lines.join("\n")}\n`;
}

function tableOf(figures: readonly PhaseFigures[]): readonly string[] {
  const rows = figures.map(cellsOf);
  const widths = COLUMNS.map((name, n) => Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join("  ")}`;
  return [
    line(COLUMNS),
    ...figures.map((one, n) => {
      const reasons = Object.entries(one.failure_reasons).map(([reason, count]) => `${reason} ${count}`);
      return `${line(rows[n] ?? [])}  ${reasons.join(", ")}`.trimEnd();
    }),
  ];
}

function cellsOf(one: PhaseFigures): readonly string[] {
  const times = [one.p50, one.p95, one.p99].map(timeCell);
  const counts = [one.failures, one.refused, one.explained, one.wrong, one.hung];
  return [one.phase, String(one.requests), ...times, ...counts.map(String)];
}

function recoveryLine({ recoveries }: ChaosReport, endpoint: string): readonly string[] {
  const recovery = recoveries.find((one) => one.endpoint === endpoint);
  if (recovery === undefined) return [];
  return [recovery.ms === null ? "  It did not recover." : `  Good again ${recovery.ms} ms after the faults ended.`];
}

function endLine({ wrong, undecided, interrupted }: ChaosReport, colors: ReturnType<typeof createColors>): string {
  if (interrupted) return colors.yellow("Interrupted.");
  if (undecided !== null) return colors.red(undecided);
  if (wrong.length > 0) return colors.red(`Failed:\n${wrong.map((line) => `  ${line}`).join("\n")}`);
  return colors.green("Passed: nothing was answered wrongly or left hanging, and it recovered.");
}

/** Ends with a line break. */
export function chaosJson({ plan, chaos, asked, timestamp, report }: ChaosDone): string {
  const { figures, recoveries, cuts, wrong, undecided, interrupted } = report;
  const document = {
    schemaVersion: PROBE_SCHEMA_VERSION,
    timestamp,
    base_url: addressOf(plan.baseUrl),
    passed: !interrupted && undecided === null && wrong.length === 0,
    chaos: { faults: asked, seed: chaos.seed, phase_seconds: chaos.phaseS, recover_within: chaos.recoverS, cuts },
    phases: figures,
    recovery: Object.fromEntries(recoveries.map(({ endpoint, ms }) => [endpoint, ms])),
    wrong,
    ...(undecided !== null && { undecided }),
    ...(interrupted && { interrupted }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
