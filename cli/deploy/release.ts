/**
 * The steps that change the account, in this order: database, bucket, report (it hosts the Durable Objects), compare, tee, pages.
 * The tee is the last Worker: when it starts to send, the others are listening. Every step can be repeated.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lacksBoundWorker } from "./failure.ts";
import { WORKER_FILES, type WorkerRole } from "./project.ts";
import { releaseBucket } from "./release-bucket.ts";
import { releasePages } from "./release-pages.ts";
import { type Outcome, run } from "./run.ts";
import { secretsFor } from "./secrets.ts";
import { type DeployContext, failed, type Step, type StepResult } from "./step.ts";

/** The releases, in order. */
export function releaseSteps(context: DeployContext): readonly Step[] {
  // On the very first deploy the compare Worker goes before its turn; this remembers it.
  const deployed = new Set<WorkerRole>();
  return [
    { title: "Apply the database migrations", run: () => migrate(context) },
    { title: "Set the bucket's lifecycle rules", run: () => releaseBucket(context) },
    { title: "Deploy the report Worker", run: () => releaseReport(context, deployed) },
    { title: "Deploy the compare Worker", run: () => releaseInTurn(context, "compare", deployed) },
    { title: "Deploy the tee", run: () => releaseInTurn(context, "tee", deployed) },
    { title: "Deploy the pages", run: () => releasePages(context) },
  ];
}

async function migrate({ programs, root, environment }: DeployContext): Promise<StepResult> {
  const args = ["d1", "migrations", "apply", "DB", "--remote", "--env", environment, "-c", WORKER_FILES.report];
  const outcome = await run(programs.wrangler, args, root);
  return outcome.code === 0 ? { ok: true } : failed(outcome);
}

/** The report Worker binds the compare Worker, which does not exist before the first deploy: then that one goes first. */
async function releaseReport(context: DeployContext, deployed: Set<WorkerRole>): Promise<StepResult> {
  const first = await releaseWorker(context, "report");
  if (first.code === 0) return { ok: true, note: warningsOf(first) };
  if (!lacksBoundWorker(first.output)) return failed(first);
  const compare = await releaseWorker(context, "compare");
  if (compare.code !== 0) return failed(compare);
  deployed.add("compare");
  const second = await releaseWorker(context, "report");
  return second.code === 0 ? { ok: true, note: "first deploy: the compare Worker went before it" } : failed(second);
}

async function releaseInTurn(
  context: DeployContext,
  role: WorkerRole,
  deployed: ReadonlySet<WorkerRole>,
): Promise<StepResult> {
  if (deployed.has(role)) return { ok: true, note: "already deployed before the report Worker" };
  const outcome = await releaseWorker(context, role);
  return outcome.code === 0 ? { ok: true, note: warningsOf(outcome) } : failed(outcome);
}

async function releaseWorker(context: DeployContext, role: WorkerRole): Promise<Outcome> {
  const { programs, root, environment, scratch } = context;
  const secrets = secretsFor(role, context.project[environment], context.secrets);
  const file = join(scratch, `${role}.secrets.json`);
  const withSecrets = Object.keys(secrets).length > 0;
  // JSON, because wrangler expands $NAME in files of lines.
  if (withSecrets) await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  const args = [
    "deploy",
    "--env",
    environment,
    "-c",
    WORKER_FILES[role],
    ...(withSecrets ? ["--secrets-file", file] : []),
  ];
  return run(programs.wrangler, args, root);
}

/** The dry build had no warnings, so these are about the account: shown, but the Worker is deployed. */
function warningsOf({ warnings }: Outcome): string | undefined {
  return warnings.length === 0 ? undefined : `wrangler warns: ${warnings.join(" / ")}`;
}
