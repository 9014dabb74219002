/**
 * Which secrets go to which Worker. A Worker that was never deployed cannot hold a secret, and wrangler deploys none that lacks a
 * required one: so the first deploy brings them along. Pure; values are only passed on.
 */
import type { Stage, WorkerRole } from "./project.ts";

/** Secrets that a Worker reads when they are there. wrangler's file knows only required ones. */
const OPTIONAL: Readonly<Record<WorkerRole, readonly string[]>> = {
  report: ["SHADOW_INFRA_SERVICE_HEADERS", "SLACK_WEBHOOK_URL", "PAGERDUTY_ROUTING_KEY"],
  compare: ["ANTHROPIC_API_KEY"],
  tee: [],
};

/** The names a Worker reads, required ones first. */
function wanted(role: WorkerRole, stage: Stage): readonly string[] {
  return [...stage[role].secrets.required, ...OPTIONAL[role]];
}

/** Of all given secrets those that this Worker reads. */
export function secretsFor(
  role: WorkerRole,
  stage: Stage,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = new Set(wanted(role, stage));
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

/** Given names that no Worker reads: a misspelt secret must not look as if it had been set. */
export function unknownSecrets(stage: Stage, given: Readonly<Record<string, string>>): readonly string[] {
  const known = new Set((["report", "compare", "tee"] as const).flatMap((role) => wanted(role, stage)));
  return Object.keys(given).filter((name) => !known.has(name));
}
