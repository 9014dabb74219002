/**
 * Deploys the pages as a Pages project of the environment's own. Apart from the Workers, because Pages has its own commands:
 * no --env, no --config, and a project that must exist first.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { pagesFolder } from "./build.ts";
import type { DeployFailure } from "./failure.ts";
import { notPagesBecause, pagesConfigOf, parsePagesConfig } from "./pages-config.ts";
import { run } from "./run.ts";
import { type DeployContext, failed, type StepResult } from "./step.ts";

/** Pages serves a project's production address from this branch, whatever branch the work tree is on. */
const PRODUCTION_BRANCH = "main";

/** Creates the project if there is none, deploys what the build step left, and looks whether it is a Pages project still. */
export async function releasePages(context: DeployContext): Promise<StepResult> {
  const { programs, project, environment } = context;
  const folder = pagesFolder(context);
  const { name } = pagesConfigOf(project.pages, environment);
  const listed = await run(programs.wrangler, ["pages", "project", "list", "--json"], folder);
  if (listed.code !== 0) return failed(listed);
  const isNew = !names(listed.output, name);
  if (isNew) {
    // --force: where wrangler thinks a program is at the keyboard it would make a Worker with assets of a new project.
    const args = ["pages", "project", "create", name, "--production-branch", PRODUCTION_BRANCH, "--force"];
    const created = await run(programs.wrangler, args, folder);
    if (created.code !== 0) return failed(created);
  }
  const deployed = await run(programs.wrangler, ["pages", "deploy", "--branch", PRODUCTION_BRANCH, "--force"], folder);
  if (deployed.code !== 0) return failed(deployed);
  return stayedPages(context, name, isNew);
}

async function stayedPages(context: DeployContext, name: string, isNew: boolean): Promise<StepResult> {
  const folder = pagesFolder(context);
  const reason = notPagesBecause(parsePagesConfig(parse(await readFile(join(folder, "wrangler.toml"), "utf8"))));
  if (reason !== undefined) return { ok: false, failure: noLongerPages(name, reason) };
  const listed = await run(context.programs.wrangler, ["pages", "project", "list", "--json"], folder);
  if (listed.code !== 0) return failed(listed);
  if (!names(listed.output, name))
    return { ok: false, failure: noLongerPages(name, "the account lists no such project") };
  return { ok: true, note: isNew ? `created the Pages project ${name}` : undefined };
}

/** The list is a table as JSON, its column called "Project Name"; only the quoted name is looked for, so the column may be renamed. */
function names(list: string, project: string): boolean {
  return list.includes(`"${project}"`);
}

function noLongerPages(name: string, reason: string): DeployFailure {
  return {
    what: `${name} did not stay a Pages project: ${reason}.`,
    why: "As a Worker with assets it would have a public address and other rules for /api.",
    todo: `Delete the Worker ${name} in the Cloudflare dashboard if there is one, then deploy again.`,
    exit: "undecided",
  };
}
