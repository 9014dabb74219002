/**
 * Reads the wrangler files of the project from disk: where they are, and what they say for every environment.
 * Apart from the checks, which are pure.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { messageOf } from "../error-text.ts";
import type { DeployFailure } from "./failure.ts";
import { type PagesConfig, parsePagesConfig } from "./pages-config.ts";
import {
  type Deployable,
  deployableOf,
  type Environment,
  parseWorkerConfig,
  type WorkerConfig,
} from "./worker-config.ts";

/** The root of the project, absolute. */
export const PROJECT_ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The Workers in the order they are deployed: the report Worker hosts the Durable Objects the tee binds, so the tee is last. */
export const WORKER_FILES = {
  report: "workers/report/wrangler.toml",
  compare: "workers/compare/wrangler.toml",
  tee: "wrangler.toml",
} as const;
/** A Worker by what it does. */
export type WorkerRole = keyof typeof WORKER_FILES;

/** The Workers of one environment, and the Pages project that stands before them. */
export type Stage = Readonly<Record<WorkerRole, Deployable>>;

/** All that is deployed: the top level of each file (the local start) and each environment. */
export interface Project {
  readonly local: Stage;
  readonly staging: Stage;
  readonly production: Stage;
  /** As written, that is for production: staging's is derived from it. */
  readonly pages: PagesConfig;
}

/** The project, or why it cannot be read. */
export type ProjectRead =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly failure: DeployFailure };

/** Reads the four files. Fails when one is missing, is no TOML, or lacks what a deploy needs. */
export function readProject(root: string = PROJECT_ROOT): ProjectRead {
  try {
    const toml = (file: string): unknown => parse(readFileSync(join(root, file), "utf8"));
    const project = projectOf({
      report: parseWorkerConfig(toml(WORKER_FILES.report)),
      compare: parseWorkerConfig(toml(WORKER_FILES.compare)),
      tee: parseWorkerConfig(toml(WORKER_FILES.tee)),
      pages: parsePagesConfig(toml("pages/wrangler.toml")),
    });
    return { ok: true, project };
  } catch (error) {
    return { ok: false, failure: unreadable(messageOf(error)) };
  }
}

function unreadable(detail: string): DeployFailure {
  return {
    what: `A wrangler file cannot be read: ${detail}`,
    why: "What it would deploy is not known.",
    todo: "Correct or restore the file; nothing was deployed.",
    exit: "usage",
  };
}

/** The four files as data, arranged by environment. */
export function projectOf(
  files: Readonly<Record<WorkerRole, WorkerConfig>> & { readonly pages: PagesConfig },
): Project {
  return {
    local: stageOf(files),
    staging: stageOf(files, "staging"),
    production: stageOf(files, "production"),
    pages: files.pages,
  };
}

function stageOf(files: Readonly<Record<WorkerRole, WorkerConfig>>, environment?: Environment): Stage {
  return {
    report: deployableOf(WORKER_FILES.report, files.report, environment),
    compare: deployableOf(WORKER_FILES.compare, files.compare, environment),
    tee: deployableOf(WORKER_FILES.tee, files.tee, environment),
  };
}
