/**
 * The rights of the manifests against the calls of a whole run. That no call goes beyond them the cluster itself sees to, because the
 * scenario runs as a user that has them and nothing else; here it is the other way round.
 */
import { ALL_RESOURCES } from "../../../../infra/provisioner/drivers/kubernetes/verbs.ts";

interface Waiver {
  readonly verbs: readonly string[];
  /** Absent: any. */
  readonly resources?: readonly string[];
  /** Why a run of the scenario may do without it. */
  readonly why: string;
}

const WAIVERS: readonly Waiver[] = [
  {
    verbs: ["list", "create", "patch", "delete"],
    resources: ["httproutes"],
    why: "cluster.reach is gateway: the API server of the tests has no Gateway API; the double of its API has",
  },
  {
    verbs: ["create", "patch"],
    resources: ["ingresses"],
    why: "cluster.reach is ingress: the scenario's Workers reach stacks by a port; stacks are tried with an Ingress beside it",
  },
  {
    verbs: ["create", "patch"],
    resources: ["persistentvolumeclaims"],
    why: "several services share a volume: what a cluster's storage does is no part of the tests' cluster",
  },
  {
    verbs: ["create", "patch"],
    resources: ["configmaps", "secrets"],
    why: "the scenario's compose file has no files, secrets or variables of the operator; the stacks that are tried beside it have",
  },
  {
    verbs: ["delete"],
    why: "what a push leaves out is deleted, as is each object where stacks share a namespace; with a namespace each it goes with that",
  },
];

/** Rights that no call used and that nothing excuses: `delete apps/deployments`. */
export function unusedRights(calls: ReadonlySet<string>): readonly string[] {
  return ALL_RESOURCES.flatMap(({ apiGroup, resource, verbs }) =>
    verbs
      .filter((verb) => !isUsed(calls, verb, `${apiGroup}/${resource}`) && !isWaived(verb, resource))
      .map((verb) => `${verb} ${apiGroup}/${resource}`),
  );
}

/**
 * Server-side apply is a `patch` for which the API server asks for `create` as well where the object is not there yet
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/#rbac-and-permissions).
 */
function isUsed(calls: ReadonlySet<string>, verb: string, place: string): boolean {
  return calls.has(`${verb} ${place}`) || (verb === "create" && calls.has(`patch ${place}`));
}

function isWaived(verb: string, resource: string): boolean {
  return WAIVERS.some(({ verbs, resources }) => verbs.includes(verb) && (resources?.includes(resource) ?? true));
}
