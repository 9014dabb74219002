/**
 * The whole deploy: checks that cost nothing, builds that change nothing, then (unless it is a dry run) the releases.
 * Says what it does through `say`; prints and exits nowhere itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EXIT } from "../exit.ts";
import { buildSteps } from "./build.ts";
import { checkBefore } from "./check.ts";
import { type DeployFailure, failureLines } from "./failure.ts";
import { gitNotice } from "./git.ts";
import { readProject } from "./project.ts";
import { releaseSteps } from "./release.ts";
import type { Programs } from "./run.ts";
import type { DeployContext, Step } from "./step.ts";
import type { Environment } from "./worker-config.ts";

/** What to deploy, and whom to tell. */
export interface DeployOptions {
  /** The project's folder. */
  readonly root: string;
  readonly environment: Environment;
  readonly dryRun: boolean;
  /** Secrets to set with this deploy, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly programs: Programs;
  /** Takes one line of progress. */
  readonly say: (line: string) => void;
}

/** The name of the exit code. */
export type DeployResult = keyof Pick<typeof EXIT, "passed" | "usage" | "undecided">;

/** Deploys, or tries to: the name of the exit code. Everything a user has to know went to `say` before it returns. */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const { root, environment, dryRun, secrets, say } = options;
  const read = readProject(root);
  if (!read.ok) return stop(read.failure, say);
  const checked = checkBefore({ project: read.project, environment, dryRun, secrets });
  checked.notices.forEach((notice) => say(`  note  ${notice}`));
  if (checked.failure !== undefined) return stop(checked.failure, say);
  const uncommitted = await gitNotice(root);
  if (uncommitted !== undefined) say(`  note  ${uncommitted}`);
  return withScratch((scratch) => {
    const context: DeployContext = { ...options, project: read.project, scratch };
    return runSteps(dryRun ? buildSteps(context) : [...buildSteps(context), ...releaseSteps(context)], say);
  });
}

/** A folder that is gone afterwards, also when the process is ended: it may hold secrets. */
async function withScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), "shadow-infra-deploy-"));
  const remove = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await work(scratch);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

function stop(failure: DeployFailure, say: (line: string) => void): DeployResult {
  failureLines(failure).forEach((line) => say(line));
  return failure.exit;
}

async function runSteps(steps: readonly Step[], say: (line: string) => void): Promise<DeployResult> {
  for (const [index, step] of steps.entries()) {
    const label = `[${index + 1}/${steps.length}] ${step.title}`;
    const started = performance.now();
    const result = await step.run();
    const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    if (!result.ok) {
      say(`${label}: failed after ${seconds}`);
      if (result.output !== undefined) say(result.output.trimEnd());
      return stop(result.failure, say);
    }
    say(`${label}: done in ${seconds}${result.note === undefined ? "" : ` (${result.note})`}`);
  }
  return "passed";
}
