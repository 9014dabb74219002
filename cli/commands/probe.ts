/** `shadow-infra probe`: asks HTTP endpoints many times and holds times, sizes and failures against budgets. Reads flags, prints and exits. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import { parseChaos } from "../../core/probe/chaos.ts";
import { leaveQuietlyOnClosedPipe } from "../compare/streams.ts";
import { EXIT } from "../exit.ts";
import { planOf } from "../probe/choices.ts";
import { probeGithub } from "../probe/formats/github.ts";
import { probeJunit } from "../probe/formats/junit.ts";
import { probeMarkdown } from "../probe/formats/markdown.ts";
import { pretty } from "../probe/formats/pretty.ts";
import { loadTermsOf } from "../probe/load.ts";
import { type ProbeFormat, type ProbeOptions, withProbeOptions } from "../probe/options.ts";
import { overlooked } from "../probe/overlooked.ts";
import { postResults } from "../probe/post.ts";
import { type ProbeRun, probe } from "../probe/probe.ts";
import { createProbeProgress } from "../probe/progress.ts";
import { exitCodeOf, type ProbeReport } from "../probe/report.ts";
import { UsageError } from "../probe/usage.ts";
import { defaultOutput, writeWhole } from "../probe/write.ts";

import { chaosCommand, compareCommand } from "./probe-ways.ts";

export function probeCommand(): Command {
  const command = new Command("probe").description(
    "Ask HTTP endpoints many times and hold their times, sizes and failures against budgets.",
  );
  return withProbeOptions(command)
    .addHelpText("after", HELP)
    .action(async (options: ProbeOptions) => {
      process.exitCode = await run(options);
    });
}

const HELP = `
A budget's value has to stay under it. Flags go before SHADOW_P95_MS, SHADOW_P99_MS and SHADOW_MAX_SIZE_KB, those before --config,
that before the budgets of .shadow-infra.yml in this folder.
Exit codes: 0 all budgets held; 1 one did not; 2 wrong usage or configuration; 3 the service cannot be reached; 130 interrupted.
The results file is written in every case but 2.
Examples:
  shadow-infra probe
  shadow-infra probe --preset chainiq --wait 30 --output shadow-probe-results.json --junit probe.xml
  shadow-infra probe --load 1,2,4,8,16 --step-seconds 5
  shadow-infra probe --chaos d1-latency=50ms,fail=0.05,cut=0.05     # the local report API on a bad day
  shadow-infra probe --compare-results eu.json us.json              # by their --region
  shadow-infra probe --config probe.json --base-url http://localhost:8000 --p95-threshold 100
  shadow-infra probe --base-url http://localhost:8001 --compare-url http://localhost:8000   # the first against the second`;

async function run(options: ProbeOptions): Promise<number> {
  leaveQuietlyOnClosedPipe(EXIT.passed);
  try {
    if (options.compareResults !== undefined) return await compareCommand(options.compareResults, options);
    return await asked(options);
  } catch (error) {
    if (error instanceof UsageError) return say(error.message, EXIT.usage);
    throw error;
  }
}

/** Throws a `UsageError`. */
async function asked(options: ProbeOptions): Promise<number> {
  const [plan, load] = [planOf(options, process.env, process.cwd()), loadTermsOf(options)];
  const hint = overlooked(options, existsSync);
  if (hint !== null) say(hint, EXIT.passed);
  const faults = options.chaos === undefined ? null : parseChaos(options.chaos);
  if (typeof faults === "string") throw new UsageError(faults);
  const stop = new AbortController();
  const interrupt = (): void => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort());
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    if (faults !== null)
      return await chaosCommand({ options, faults, plan, signal: stop.signal, hasColors: hasColors() });
    const progress = createProbeProgress({
      isTerminal: process.stderr.isTTY,
      write: (text) => process.stderr.write(text),
      now: () => performance.now(),
    });
    const probing: ProbeRun = { plan, waitS: options.wait, load, signal: stop.signal, progress, now: () => new Date() };
    return await delivered(await probe(probing), options);
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Files before words, and words before the exit code. Results that nobody can read decide nothing. */
async function delivered(report: ProbeReport, options: ProbeOptions): Promise<number> {
  const output = options.output ?? defaultOutput();
  const unwritten = [await writeWhole(output, jsonOf(report))];
  if (options.junit !== undefined) unwritten.push(await writeWhole(options.junit, probeJunit(report)));
  process.stdout.write(FORMS[options.format](report));
  const failures = unwritten.filter((failure) => failure !== null);
  for (const failure of failures) say(failure, EXIT.undecided);
  if (unwritten[0] === null) say(`Results: ${output}`, EXIT.passed);
  if (report.verdict.kind === "unreachable" && options.format !== "pretty")
    say(report.verdict.sentence, EXIT.undecided);
  await post(report, options);
  const code = exitCodeOf(report.verdict);
  return code === EXIT.passed && failures.length > 0 ? EXIT.undecided : code;
}

function jsonOf({ results }: ProbeReport): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

const FORMS: Readonly<Record<ProbeFormat, (report: ProbeReport) => string>> = {
  pretty: (report) => pretty(report, hasColors()),
  json: jsonOf,
  junit: probeJunit,
  markdown: probeMarkdown,
  github: probeGithub,
};

/** https://no-color.org: any value but the empty one. */
function hasColors(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR;
}

/** Half a run would be a dent in every trend. */
async function post({ results, verdict }: ProbeReport, { postTo }: ProbeOptions): Promise<void> {
  if (postTo === undefined) return;
  if (verdict.kind === "interrupted" || verdict.kind === "unreachable") {
    say(`The results were not sent to ${postTo.href}: the run is not whole.`, EXIT.passed);
    return;
  }
  const failure = await postResults(postTo, process.env.SHADOW_INFRA_SERVICE_TOKEN, results);
  say(
    failure === null ? `The results were sent to ${postTo.href}` : `Warning: the results were not taken. ${failure}`,
    0,
  );
}

function say(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}
