/**
 * Checks that each environment has all that the top level has. wrangler inherits no variable and no binding:
 * what is missing from [env.x] is missing from the deployed Worker, and wrangler only warns. Pure.
 */
import type { Project, Stage, WorkerRole } from "../project.ts";
import { type Deployable, ENVIRONMENTS } from "../worker-config.ts";
import type { WiringProblem } from "./problem.ts";

const ROLES: readonly WorkerRole[] = ["report", "compare", "tee"];

/**
 * What only the local start has: its queue lives in memory and needs an outbox on disk. A deployed queue is durable, so that an
 * environment with one of these would send everything twice through. Channels of alerts are optional: deployed they are set or not, while
 * locally wrangler hands on what its file names and nothing else.
 */
const LOCAL_ONLY: Readonly<Record<WorkerRole, readonly string[]>> = {
  report: [
    "the Durable Object binding OUTBOX",
    "the queue binding PAIR_QUEUE",
    "the required secret SLACK_WEBHOOK_URL",
    "the required secret PAGERDUTY_ROUTING_KEY",
  ],
  compare: ["the Durable Object binding OUTBOX"],
  tee: ["the Durable Object binding OUTBOX"],
};

/** What must be the same by name, but not by value. */
function inventory(worker: Deployable): readonly string[] {
  return [
    ...Object.keys(worker.vars).map((name) => `the variable ${name}`),
    ...worker.secrets.required.map((name) => `the required secret ${name}`),
    ...worker.durable_objects.bindings.map((each) => `the Durable Object binding ${each.name}`),
    ...worker.queues.producers.map((each) => `the queue binding ${each.binding}`),
    ...worker.r2_buckets.map((each) => `the bucket binding ${each.binding}`),
    ...worker.d1_databases.map((each) => `the database binding ${each.binding}`),
    ...worker.services.map((each) => `the service binding ${each.binding}`),
    ...worker.triggers.crons.map((cron) => `the cron ${cron}`),
    ...worker.queues.consumers.map((_, index) => `queue consumer number ${index + 1}`),
  ];
}

/** What the top level and an environment do not both have, and what an environment must have by itself. */
export function checkCompleteness(project: Project): readonly WiringProblem[] {
  return ENVIRONMENTS.flatMap((environment) => {
    const stage = project[environment];
    const differences = ROLES.flatMap((role) => compare(role, project.local[role], stage[role]));
    return [...differences, ...checkRoutes(stage), ...checkCrons(stage), ...checkMode(stage)].map((problem) => ({
      ...problem,
      where: `${problem.where} (${environment})`,
    }));
  });
}

function compare(role: WorkerRole, top: Deployable, worker: Deployable): readonly WiringProblem[] {
  const wanted = inventory(top).filter((each) => !LOCAL_ONLY[role].includes(each));
  const found = inventory(worker);
  const problem = (text: string): WiringProblem => ({ rule: "incomplete-environment", where: worker.file, text });
  return [
    ...wanted
      .filter((each) => !found.includes(each))
      .map((each) => problem(`It lacks ${each}, which the top level has.`)),
    ...found
      .filter((each) => !wanted.includes(each))
      .map((each) =>
        problem(
          `It has ${each}, which ${LOCAL_ONLY[role].includes(each) ? "is for the local start alone" : "the top level lacks"}.`,
        ),
      ),
  ];
}

/** A Custom Domain makes the Worker itself the origin; only a Route leaves the real one standing behind it. */
function checkRoutes({ tee }: Stage): readonly WiringProblem[] {
  const problem = (text: string): WiringProblem => ({ rule: "tee-route", where: tee.file, text });
  if (tee.routes.length === 0) return [problem("The tee has no route: no traffic would reach it.")];
  return tee.routes.flatMap((route) => {
    if (typeof route === "string") return [problem(`The route ${route} names no zone: write { pattern, zone_name }.`)];
    if (route.custom_domain === true) return [problem(`${route.pattern} is a Custom Domain. The tee needs a Route.`)];
    if (route.zone_name === undefined && route.zone_id === undefined)
      return [problem(`The route ${route.pattern} names no zone: add zone_name.`)];
    return [];
  });
}

function checkCrons({ compare: consumer }: Stage): readonly WiringProblem[] {
  if (consumer.triggers.crons.length > 0) return [];
  return [
    { rule: "no-cron", where: consumer.file, text: "It has no cron: what waits for a retry would wait for ever." },
  ];
}

/** Only the local start may answer without asking who calls. */
function checkMode({ report }: Stage): readonly WiringProblem[] {
  if (report.vars.SHADOW_INFRA_MODE === "deployed") return [];
  return [
    {
      rule: "open-report",
      where: report.file,
      text: 'SHADOW_INFRA_MODE must be "deployed": anything else is for one machine.',
    },
  ];
}
