/** Checks inside one environment: every name that a Worker uses must be the name of something that is there. Pure. */
import type { Stage } from "../project.ts";
import type { Deployable } from "../worker-config.ts";
import type { WiringProblem } from "./problem.ts";

type Check = (worker: Deployable, stage: readonly Deployable[]) => readonly Omit<WiringProblem, "where">[];

/** Problems of one environment; `where` is the file alone. */
export function checkReferences(stage: Stage): readonly WiringProblem[] {
  const workers = Object.values(stage);
  return workers.flatMap((worker) =>
    CHECKS.flatMap((check) => check(worker, workers)).map((problem) => ({ ...problem, where: worker.file })),
  );
}

const producerIsHeard: Check = (worker, stage) =>
  worker.queues.producers
    .filter(({ queue }) => consumersOf(queue, stage) === 0)
    .map(({ binding, queue }) => ({
      rule: "unheard-queue",
      text: `${binding} sends to "${queue}", which nobody consumes. A queue without a consumer drops silently.`,
    }));

const deadLettersAreHeard: Check = (worker, stage) =>
  worker.queues.consumers.flatMap(({ queue, dead_letter_queue: dead }) => {
    if (dead !== undefined && consumersOf(dead, stage) === 0)
      return [
        {
          rule: "unheard-dead-letters",
          text: `"${queue}" sends its dead letters to "${dead}", which nobody consumes.`,
        },
      ];
    const isDeadLetterQueue = stage.some((each) => each.queues.consumers.some((it) => it.dead_letter_queue === queue));
    if (dead === undefined && !isDeadLetterQueue)
      return [
        { rule: "no-dead-letters", text: `"${queue}" has no dead_letter_queue: what fails too often would be lost.` },
      ];
    return [];
  });

/** A queue has one consumer Worker at most (developers.cloudflare.com/queues/reference/how-queues-works). */
const oneConsumer: Check = (worker, stage) =>
  worker.queues.consumers
    .filter(({ queue }) => consumersOf(queue, stage) > 1)
    .map(({ queue }) => ({
      rule: "two-consumers",
      text: `"${queue}" is consumed more than once. Cloudflare allows one.`,
    }));

const durableObjectExists: Check = (worker, stage) =>
  worker.durable_objects.bindings
    .filter(({ class_name: name, script_name: script }) => {
      const host = script === undefined ? worker : stage.find((each) => each.name === script);
      return !host?.classes.includes(name);
    })
    .map(({ name, class_name: className, script_name: script }) => ({
      rule: "unknown-durable-object",
      text: `${name} binds ${className} of "${script ?? worker.name}", which no Worker of this environment defines.`,
    }));

const serviceExists: Check = (worker, stage) =>
  worker.services
    .filter(({ service }) => !stage.some((each) => each.name === service))
    .map(({ binding, service }) => ({
      rule: "unknown-service",
      text: `${binding} binds the Worker "${service}", which this environment does not have.`,
    }));

/** One binding name means one store in all Workers of an environment. */
const storesAgree: Check = (worker, stage) =>
  stores(worker).flatMap(([binding, store]) => {
    const others = stage.flatMap(stores).filter(([name, other]) => name === binding && other !== store);
    return others.map(([, other]) => ({
      rule: "stores-disagree",
      text: `${binding} is ${store} here and ${other} in another Worker of the same environment.`,
    }));
  });

const notPublicByItself: Check = (worker) =>
  (["workers_dev", "preview_urls"] as const)
    .filter((key) => worker[key] !== false)
    .map((key) => ({
      rule: "public-address",
      text: `${key} must be false: the Worker would get a public address of its own.`,
    }));

const datesAgree: Check = (worker, stage) =>
  stage[0] === undefined || stage[0].compatibility_date === worker.compatibility_date
    ? []
    : [
        {
          rule: "dates-disagree",
          text: `compatibility_date is ${worker.compatibility_date} here and ${stage[0].compatibility_date} in ${stage[0].file}.`,
        },
      ];

const CHECKS: readonly Check[] = [
  producerIsHeard,
  deadLettersAreHeard,
  oneConsumer,
  durableObjectExists,
  serviceExists,
  storesAgree,
  notPublicByItself,
  datesAgree,
];

function consumersOf(queue: string, stage: readonly Deployable[]): number {
  return stage.flatMap((each) => each.queues.consumers).filter((each) => each.queue === queue).length;
}

function stores(worker: Deployable): readonly (readonly [binding: string, store: string])[] {
  return [
    ...worker.d1_databases.map((each) => [each.binding, `${each.database_name} ${each.database_id}`] as const),
    ...worker.r2_buckets.map((each) => [each.binding, each.bucket_name] as const),
  ];
}
