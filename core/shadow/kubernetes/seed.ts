/** The seed: a Job that fills the stack's stores before anybody asks it anything. Its name holds what it ran for. */
import { ownName } from "../stack/names.ts";
import { type Draft, objectOf } from "./draft.ts";
import { LABELS } from "./labels.ts";
import { seedPodOf } from "./pod.ts";
import type { HostLine } from "./services.ts";
import type { Await, ObjectGroup, StackWorkload } from "./stack.ts";
import { jobName, templateOf } from "./workloads.ts";

export interface Seed {
  readonly group: ObjectGroup;
  readonly workload: StackWorkload;
}

/** Null: there is nothing to seed. It runs once all services do, and never twice: half a seed is no reason to try again. */
export function seedOf(
  draft: Draft,
  content: string,
  { hosts, after }: { readonly hosts: readonly HostLine[]; readonly after: readonly Await[] },
): Seed | null {
  const { seed, entry } = draft.workload;
  const part = draft.services.find(({ service }) => service.name === entry.service);
  if (seed === null || part === undefined) return null;
  const name = jobName(ownName(draft.names, "seed"), content);
  const labels = { [LABELS.part]: "seed", [LABELS.workload]: name };
  const spec = seedPodOf(draft, part, { command: seed, hosts });
  const job = objectOf(draft, "Job", {
    name,
    labels,
    spec: { backoffLimit: 0, template: templateOf(draft, labels, { spec, content }) },
  });
  return {
    group: { step: "seed", objects: [job], after },
    workload: {
      name,
      kind: "Job",
      role: "seed",
      service: entry.service,
      image: part.image,
      until: "completed",
      podLabels: { ...draft.selector, [LABELS.workload]: name },
    },
  };
}
