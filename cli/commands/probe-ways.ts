/** The ways of `shadow-infra probe` that judge no budgets: chaos, and results compared. They print here; who is asked for which is `probe.ts`. */
import type { Faults } from "../../core/probe/chaos.ts";
import { EXIT } from "../exit.ts";
import { type ChaosReport, runChaos } from "../probe/chaos.ts";
import { chaosOf, chaosSeconds, unwilling } from "../probe/chaos-terms.ts";
import { type ChaosDone, chaosJson, chaosPretty } from "../probe/formats/chaos.ts";
import { type Compared, regionsJson, regionsMarkdown, regionsPretty } from "../probe/formats/regions.ts";
import type { ProbeOptions } from "../probe/options.ts";
import { addressOf, type Plan } from "../probe/plan.ts";
import { comparedResults } from "../probe/regions.ts";
import { UsageError } from "../probe/usage.ts";
import { waitUntilHealthy } from "../probe/wait.ts";
import { writeWhole } from "../probe/write.ts";

export interface ChaosCall {
  readonly options: ProbeOptions;
  readonly faults: Faults;
  readonly plan: Plan;
  readonly signal: AbortSignal;
  readonly hasColors: boolean;
}

/** The exit code. Throws a `UsageError`. */
export async function chaosCommand({ options, faults, plan, signal, hasColors }: ChaosCall): Promise<number> {
  const chaos = chaosOf(options, faults, plan);
  const said = (line: string): void => void process.stderr.write(`${line}\n`);
  const unhealthy = await waited(plan, options.wait, signal);
  const refused = unhealthy ?? (await unwilling(plan, chaos, plan.endpoints[0]?.path ?? "/"));
  if (refused !== null) {
    said(refused);
    return EXIT.undecided;
  }
  said(`chaos on ${addressOf(plan.baseUrl)}: at most ${chaosSeconds(chaos)} s`);
  const report = await runChaos({ plan, chaos, signal, said });
  const asked = options.chaos ?? "";
  const done: ChaosDone = { plan, chaos, asked, timestamp: new Date().toISOString(), report };
  const unwritten = options.output === undefined ? null : await writeWhole(options.output, chaosJson(done));
  process.stdout.write(options.format === "json" ? chaosJson(done) : chaosPretty(done, hasColors));
  if (unwritten !== null) said(unwritten);
  const code = codeOf(report);
  return code === EXIT.passed && unwritten !== null ? EXIT.undecided : code;
}

function codeOf({ interrupted, undecided, wrong }: ChaosReport): number {
  if (interrupted) return EXIT.interrupted;
  if (undecided !== null) return EXIT.undecided;
  return wrong.length === 0 ? EXIT.passed : EXIT.failed;
}

async function waited(plan: Plan, waitS: number | undefined, signal: AbortSignal): Promise<string | null> {
  if (waitS === undefined) return null;
  const waiting = { url: plan.baseUrl, path: plan.healthPath, headers: {}, withinMs: waitS * 1_000 };
  const seen = await waitUntilHealthy(waiting, signal);
  return seen === null
    ? null
    : `${addressOf(plan.baseUrl)}${plan.healthPath} did not become healthy within ${waitS} s (${seen}).`;
}

const REGION_FORMS: Readonly<Record<string, (compared: Compared) => string>> = {
  pretty: regionsPretty,
  markdown: regionsMarkdown,
  json: regionsJson,
};

/** The exit code. Throws a `UsageError`. */
export async function compareCommand(files: readonly string[], { format, output }: ProbeOptions): Promise<number> {
  const form = Object.hasOwn(REGION_FORMS, format) ? REGION_FORMS[format] : undefined;
  if (form === undefined) throw new UsageError("With --compare-results the formats are pretty, markdown and json.");
  const compared = comparedResults(files, process.cwd());
  const unwritten = output === undefined ? null : await writeWhole(output, regionsJson(compared));
  process.stdout.write(form(compared));
  if (unwritten === null) return EXIT.passed;
  process.stderr.write(`${unwritten}\n`);
  return EXIT.undecided;
}
