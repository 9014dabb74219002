/** Runs a probe in this process, from flags to the report, as the command does but for writing and exiting. */
import { Command } from "commander";
import { planOf } from "../../../cli/probe/choices.ts";
import { loadTermsOf } from "../../../cli/probe/load.ts";
import { type ProbeOptions, withProbeOptions } from "../../../cli/probe/options.ts";
import { type ProbeRun, probe } from "../../../cli/probe/probe.ts";
import type { ProbeReport } from "../../../cli/probe/report.ts";

/** A machine that is busy with other tests makes every server slow: only what is a matter of times says its own budgets. */
const PATIENT = ["--p95-threshold", "60000", "--p99-threshold", "60000"];

/** A folder without any configuration. */
const NOWHERE = import.meta.dirname;

/** Throws what commander throws for a flag that it does not take. */
export function optionsOf(args: readonly string[]): ProbeOptions {
  const command = withProbeOptions(new Command("probe"))
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  command.parse([...args], { from: "user" });
  return command.opts<ProbeOptions>();
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly signal?: AbortSignal;
}

export async function probed(args: readonly string[], around: Surroundings = {}): Promise<ProbeReport> {
  const options = optionsOf([...PATIENT, ...args]);
  const load = loadTermsOf(options);
  const run: ProbeRun = {
    plan: planOf(options, around.env ?? {}, around.folder ?? NOWHERE),
    waitS: options.wait,
    load,
    signal: around.signal ?? new AbortController().signal,
    progress: { show: () => {}, say: () => {}, clear: () => {} },
    now: () => new Date("2026-01-02T03:04:05Z"),
  };
  return probe(run);
}
