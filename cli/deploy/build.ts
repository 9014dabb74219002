/**
 * The steps that change nothing: every Worker and the pages are built as the deploy would, without account or network.
 * A dry run is these steps; a real deploy begins with them, so that nothing is deployed unless everything builds.
 */
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DeployFailure } from "./failure.ts";
import { pagesConfigOf, pagesConfigText } from "./pages-config.ts";
import { WORKER_FILES, type WorkerRole } from "./project.ts";
import { type Outcome, run } from "./run.ts";
import { type DeployContext, failed, type Step, type StepResult } from "./step.ts";

/** The builds, in the order of the deploy. */
export function buildSteps(context: DeployContext): readonly Step[] {
  return [
    ...(["report", "compare", "tee"] as const).map((role) => ({
      title: `Build the ${role} Worker`,
      run: () => buildWorker(context, role),
    })),
    { title: "Build the pages", run: () => buildPages(context) },
    { title: "Build the pages' functions", run: () => buildFunctions(context) },
  ];
}

/** The folder that `wrangler pages` is run in: Pages takes its configuration from where it stands. */
export function pagesFolder({ scratch }: DeployContext): string {
  return join(scratch, "pages");
}

async function buildWorker(
  { programs, root, environment, scratch }: DeployContext,
  role: WorkerRole,
): Promise<StepResult> {
  const outdir = join(scratch, role);
  const args = ["deploy", "--dry-run", "--env", environment, "-c", WORKER_FILES[role], "--outdir", outdir];
  return accepted(await run(programs.wrangler, args, root), /gzip: ([\d.]+ \w+)/);
}

async function buildPages(context: DeployContext): Promise<StepResult> {
  const { programs, root } = context;
  const folder = pagesFolder(context);
  const built = await run(programs.vite, ["build", "pages", "--outDir", join(folder, "dist"), "--emptyOutDir"], root);
  if (built.code === 0) return { ok: true };
  return { ok: false, failure: PAGES_DO_NOT_BUILD, output: built.output };
}

async function buildFunctions(context: DeployContext): Promise<StepResult> {
  const { programs, root, project, environment, scratch } = context;
  const folder = pagesFolder(context);
  const config = { ...pagesConfigOf(project.pages, environment), pages_build_output_dir: "dist" };
  await writeFile(join(folder, "wrangler.toml"), pagesConfigText(config));
  // A link, because the functions import other files of the project; Windows makes such links without rights as junctions.
  await symlink(join(root, "pages/functions"), join(folder, "functions"), "junction");
  return accepted(
    await run(programs.wrangler, ["pages", "functions", "build", "--outdir", join(scratch, "functions")], folder),
  );
}

/** A build counts only without warnings: wrangler warns, and goes on, where a binding is missing. */
function accepted(outcome: Outcome, noteIn?: RegExp): StepResult {
  if (outcome.code !== 0) return failed(outcome);
  if (outcome.warnings.length > 0) return { ok: false, failure: warned(outcome.warnings), output: outcome.output };
  const size = noteIn?.exec(outcome.output)?.[1];
  return { ok: true, note: size === undefined ? undefined : `${size} gzipped` };
}

function warned(warnings: readonly string[]): DeployFailure {
  return {
    what: `wrangler warns: ${warnings.join(" / ")}`,
    why: "wrangler only warns where an environment would come out incomplete, so a warning stops the deploy.",
    todo: "Correct the file it names; nothing was deployed.",
    exit: "usage",
  };
}

const PAGES_DO_NOT_BUILD: DeployFailure = {
  what: "The pages do not build.",
  why: "There would be nothing to deploy.",
  todo: "Run `npm run build:pages` and correct what it names; nothing was deployed.",
  exit: "usage",
};
