/**
 * Runs the jobs of a workflow on this machine, in the order of their needs, as a runner of GitHub does: conditions and outputs by GitHub's own
 * evaluator, each `run:` by bash with the files and variables of a step. Actions are not downloaded: what they do is done by `./actions.ts`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { actionOf, type Place } from "./actions.ts";
import { runComposite } from "./composite.ts";
import { type Contexts, holds, interpolated, type Status } from "./expressions.ts";
import { endGroup, runScript } from "./step.ts";
import type { Step, Workflow } from "./workflow.ts";

type Job = Workflow["jobs"][string];

export interface StepRun {
  readonly job: string;
  /** Its name, or what it runs or uses. */
  readonly step: string;
  readonly kind: "run" | "uses";
  readonly outcome: "success" | "failure" | "skipped";
  readonly output: string;
  readonly seconds: number;
}

export interface JobRun {
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Running {
  readonly workflow: Workflow;
  /** The repository, checked out. */
  readonly workspace: string;
  /** A folder of this run: temporary files of the runner, artifacts, summaries. */
  readonly folder: string;
  /** The context `github`. */
  readonly github: Readonly<Record<string, unknown>>;
  /** Beside what a runner sets. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders of composite actions, by what a step says it uses. */
  readonly composites?: Readonly<Record<string, string>>;
  /** Something else instead of a step, by its job and name; null runs it as it is. */
  readonly instead?: (job: string, step: Step) => string | null;
  /** Called before each job: a runner starts from a clean checkout. */
  readonly beforeJob?: (job: string) => void;
}

export interface Run {
  readonly jobs: Readonly<Record<string, JobRun>>;
  readonly steps: readonly StepRun[];
}

/** Runs all of it. */
export async function runWorkflow(running: Running): Promise<Run> {
  const jobs: Record<string, JobRun> = {};
  const steps: StepRun[] = [];
  for (const [name, job] of Object.entries(running.workflow.jobs)) {
    const missing = job.needs.filter((need) => !(need in jobs));
    // GitHub takes any order; here it is written down in the order of needs.
    if (missing.length > 0) throw new Error(`${name} needs ${missing.join(", ")}, which stands below it`);
    jobs[name] = await runJob(running, { name, job, jobs, steps });
  }
  return { jobs, steps };
}

interface JobAt {
  readonly name: string;
  readonly job: Job;
  readonly jobs: Readonly<Record<string, JobRun>>;
  readonly steps: StepRun[];
}

async function runJob(running: Running, { name, job, jobs, steps }: JobAt): Promise<JobRun> {
  const needs = Object.fromEntries(job.needs.map((need) => [need, jobs[need]]));
  const contexts = { github: running.github, needs };
  if (!holds(job.if, contexts, statusOfNeeds(job, jobs))) return { result: "skipped", outputs: {} };
  running.beforeJob?.(name);
  const place: Place = {
    workspace: running.workspace,
    artifacts: join(running.folder, "artifacts"),
    temp: join(running.folder, "temp", name),
  };
  for (const folder of [place.artifacts, place.temp]) mkdirSync(folder, { recursive: true });
  const groups: number[] = [];
  try {
    return await runSteps(running, { name, job, contexts, place, steps, groups });
  } finally {
    // What a job left running ends with it.
    for (const group of groups) endGroup(group);
  }
}

/** Of everything it stands on: a failure anywhere above counts, and so does a skipped need for a plain `success()`. */
function statusOfNeeds(job: Job, jobs: Readonly<Record<string, JobRun>>): Status {
  const results = new Set(job.needs.map((need) => jobs[need]?.result));
  if (results.has("failure")) return "failure";
  return results.has("skipped") ? "skipped" : "success";
}

interface JobRunning extends Omit<JobAt, "jobs"> {
  readonly contexts: Contexts;
  readonly place: Place;
  readonly groups: number[];
}

async function runSteps(running: Running, at: JobRunning): Promise<JobRun> {
  const { job, name, steps } = at;
  let status: Status = "success";
  const done: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  for (const step of job.steps) {
    const contexts = { ...at.contexts, steps: done };
    const title = step.name ?? step.uses ?? step.run ?? "";
    const kind = step.uses === undefined ? "run" : "uses";
    if (!holds(step.if, contexts, status)) {
      steps.push({ job: name, step: title, kind, outcome: "skipped", output: "", seconds: 0 });
      continue;
    }
    const started = performance.now();
    const { code, output, outputs } = await runStep(running, at, { step, contexts });
    const outcome = code === 0 ? "success" : "failure";
    steps.push({ job: name, step: title, kind, outcome, output, seconds: (performance.now() - started) / 1000 });
    if (step.id !== undefined) done[step.id] = { outputs };
    if (code !== 0 && !step["continue-on-error"]) status = "failure";
  }
  const contexts = { ...at.contexts, steps: done };
  const outputs = Object.entries(job.outputs).map(([key, value]) => [key, interpolated(value, contexts)]);
  return { result: status === "success" ? "success" : "failure", outputs: Object.fromEntries(outputs) };
}

interface StepResult {
  readonly code: number;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
}

function runStep(
  running: Running,
  { name, job, place, groups }: JobRunning,
  { step, contexts }: { readonly step: Step; readonly contexts: Contexts },
): Promise<StepResult> {
  const texts = (values: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, interpolated(value, contexts)]));
  const env = { ...running.env, ...texts(running.workflow.env), ...texts(job.env), ...texts(step.env) };
  const instead = running.instead?.(name, step) ?? null;
  const cwd = join(place.workspace, step["working-directory"] ?? ".");
  const at = { cwd, env, temp: place.temp, folder: running.folder, groups };
  const composite = running.composites?.[step.uses ?? ""];
  if (composite !== undefined) return runComposite(composite, texts(step.with), at);
  if (step.uses !== undefined && instead === null) {
    const output = actionOf(step.uses)(texts(step.with), place);
    return Promise.resolve({ code: output.code, output: output.words, outputs: {} });
  }
  return runScript(instead ?? interpolated(step.run ?? "", contexts), at);
}
