/** What a deploy is made of: named steps that run one after the other and say how they ended. */
import type { DeployFailure } from "./failure.ts";
import { explainWrangler } from "./failure.ts";
import type { Project } from "./project.ts";
import type { Outcome, Programs } from "./run.ts";
import type { Environment } from "./worker-config.ts";

/** How a step ended. `note` is one short remark for the progress line; `output` is what the failed program printed. */
export type StepResult =
  | { readonly ok: true; readonly note?: string }
  | { readonly ok: false; readonly failure: DeployFailure; readonly output?: string };

/** One step: its name as the user reads it, and its work. */
export interface Step {
  readonly title: string;
  readonly run: () => Promise<StepResult>;
}

/** What all steps of one deploy share. */
export interface DeployContext {
  /** The project's folder: the wrangler files are relative to it. */
  readonly root: string;
  readonly project: Project;
  readonly environment: Environment;
  readonly programs: Programs;
  /** A folder of this deploy's own, readable by this user only, removed at its end. */
  readonly scratch: string;
  /** Secrets to upload with the Workers that ask for them, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A program's failure as a step's result. */
export function failed(outcome: Outcome): StepResult {
  return { ok: false, failure: explainWrangler(outcome.output, outcome.errors), output: outcome.output };
}
