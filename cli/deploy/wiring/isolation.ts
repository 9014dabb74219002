/** Checks between environments: two of them must never share a store, a queue or a host. Pure. */
import type { Project, Stage } from "../project.ts";
import type { WiringProblem } from "./problem.ts";

const NAMES = ["local", "staging", "production"] as const;

/** What of one environment would be shared if another named it too: stores, queues, hosts and the Workers themselves. */
function possessions(stage: Stage): readonly string[] {
  return Object.values(stage).flatMap((worker) => [
    `the Worker "${worker.name}"`,
    ...worker.d1_databases.map((each) => `the D1 database id ${each.database_id}`),
    ...worker.d1_databases.map((each) => `the D1 database "${each.database_name}"`),
    ...worker.r2_buckets.map((each) => `the bucket "${each.bucket_name}"`),
    ...worker.queues.producers.map((each) => `the queue "${each.queue}"`),
    ...worker.queues.consumers.map((each) => `the queue "${each.queue}"`),
    ...worker.routes.map((each) => `the route ${typeof each === "string" ? each : each.pattern}`),
  ]);
}

/** One problem per thing that two environments have in common. */
export function checkIsolation(project: Project): readonly WiringProblem[] {
  return NAMES.flatMap((first, index) =>
    NAMES.slice(index + 1).flatMap((second) => {
      const theirs = new Set(possessions(project[second]));
      const common = new Set(possessions(project[first]).filter((each) => theirs.has(each)));
      return [...common].map((each) => ({
        rule: "shared-between-environments",
        where: `${first} and ${second}`,
        text: `Both have ${each}. One would read or overwrite what belongs to the other.`,
      }));
    }),
  );
}
