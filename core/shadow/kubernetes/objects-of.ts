/** From a stack's spec to the Kubernetes objects that run it. */
import type { Result } from "../../pair/result.ts";
import type { StackSpec } from "../stack/spec.ts";
import { refusalOf } from "./checks.ts";
import { contentOf } from "./content.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type Gateway, gatewayOf } from "./gateway.ts";
import { notesOf } from "./notes.ts";
import type { ClusterOptions, KnownAddresses } from "./options.ts";
import { ownerOf } from "./owner.ts";
import { egressNotes, hostsWanted } from "./policies.ts";
import { rulesOf } from "./rules.ts";
import { levelOf } from "./security.ts";
import { type Seed, seedOf } from "./seed.ts";
import { type Found, servicesOf } from "./services.ts";
import type { Await, KubernetesStack, ObjectGroup, StackRefusal } from "./stack.ts";
import { groupOf, type Workloads, workloadOf, workloadsOf } from "./workloads.ts";

/**
 * The same spec, options and addresses give the same objects. Call it with `NO_ADDRESSES` first, look up what `wants` names (a ClusterIP
 * is known once the group of Services is applied), and call it again. A refusal's `detail` is a sentence for people.
 */
export function objectsOf(
  spec: StackSpec,
  cluster: ClusterOptions,
  addresses: KnownAddresses,
): Result<KubernetesStack, StackRefusal> {
  const drafted = draftOf(spec, cluster, addresses);
  if (!drafted.ok) return drafted;
  const draft = drafted.value;
  const refused = refusalOf(draft);
  if (refused !== null) return refused;
  const found = servicesOf(draft);
  const workloads = workloadsOf(draft, found.hosts, draft.workload.seed);
  const all = draft.services.map((part) => workloadOf(draft, part, workloads.content));
  const running = all.map(({ name, until }): Await => ({ workload: name, until, required: true }));
  const seed = seedOf(draft, workloads.content, { hosts: found.hosts, after: running });
  const seeded: readonly Await[] =
    seed === null ? [] : [{ workload: seed.workload.name, until: "completed", required: true }];
  const gateway = gatewayOf(draft, [...running, ...seeded]);
  return {
    ok: true,
    value: {
      name: draft.stack,
      namespace: draft.namespace,
      ownsNamespace: cluster.namespace === null,
      selector: draft.selector,
      groups: groupsOf({ draft, found, workloads, seed, gateway }),
      workloads: [...all, ...(seed === null ? [] : [seed.workload]), gateway.workload],
      podSecurity: levelOf(draft),
      notes: [
        ...notesOf(draft),
        ...workloads.pods.flatMap(({ pod }) => pod.notes),
        ...found.notes,
        ...egressNotes(draft),
      ],
      wants: { hosts: hostsWanted(draft), clusterIps: found.wanted },
      reach: gateway.reach,
    },
  };
}

interface Parts {
  readonly draft: Draft;
  readonly found: Found;
  readonly workloads: Workloads;
  readonly seed: Seed | null;
  readonly gateway: Gateway;
}

/** Pods whose hosts files lack an address would have to be made twice, so they wait for it. */
function groupsOf({ draft, found, workloads, seed, gateway }: Parts): readonly ObjectGroup[] {
  const first: readonly ObjectGroup[] = [
    { step: "owner", objects: [ownerOf(draft)], after: [] },
    { step: "rules", objects: rulesOf(draft), after: [] },
    { step: "content", objects: contentOf(draft), after: [] },
    { step: "services", objects: found.objects, after: [] },
  ];
  if (found.wanted.length > 0) return first;
  const services = workloads.pods.map((made) => groupOf(draft, made, workloads.content));
  return [...first, ...services, ...(seed === null ? [] : [seed.group]), gateway.group];
}
