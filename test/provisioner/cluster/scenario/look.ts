/** What the scenario's tests look at again and again: mirrored requests, the report, statuses, and what is left on the cluster. */
import { CoreV1Api, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { deploymentIdOf } from "../../../../core/shadow/deployment-id.ts";
import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import { type Deployment, DeploymentSchema } from "../../../../core/wire/api/deployments.ts";
import type { LocalPull } from "../../../../infra/local/github/stand-in.ts";
import type { AtHand } from "../at-hand.ts";
import { containersWith } from "../engine.ts";
import { LIMIT_MS, pause } from "../stacks.ts";
import type { Team } from "./repositories.ts";
import type { Seen } from "./requests.ts";
import { belongsTo, type World } from "./world.ts";

const POLL_MS = 100;

/** What is looked at, whatever the stacks run on. */
export type Seeing = Pick<World, "workers" | "teams" | "requests" | "log">;

/** One pull request of a team. */
export interface Place {
  readonly team: Team;
  readonly pull: LocalPull;
}

/** Namespace of its stack. */
export function stackOf({ team, pull }: Place): string {
  return stackNameOf({ repoId: team.repository.id, pr: pull.number, role: "shadow", sha: "" });
}

export function idOf({ team, pull }: Place, sha = pull.headSha()): string {
  return deploymentIdOf(team.repository.id, pull.number, sha);
}

export async function deploymentOf({ workers }: Seeing, id: string): Promise<Deployment> {
  return workers.read(`/api/deployments/${id}`, DeploymentSchema);
}

/** Null: it is not there yet. */
export async function stateOf(world: Seeing, id: string): Promise<string | null> {
  return deploymentOf(world, id).then(
    ({ state }) => state,
    () => null,
  );
}

/** The first request that was mirrored to this version of a stack, from `since` on. */
export async function firstMirrored(world: Seeing, place: Place, since = 0): Promise<Seen> {
  const version = world.teams.versionOf(place.pull.headSha());
  const stack = stackOf(place);
  const find = () => {
    const status = statusOf(place);
    // Nothing would come any more.
    if (status?.state === "failure" || status?.state === "error") throw new Error(`${stack}: ${status.description}`);
    return world.requests.of(stack).find((one) => one.version === version && one.at >= since);
  };
  return eventually(world, `mirrored to ${stack} at version ${version}`, find);
}

/** The last status of the head's commit. */
export function statusOf({ team, pull }: Place) {
  return team.repository.statuses(pull.headSha()).at(-1);
}

/** Takes away what a test that failed left on the cluster; a run that went well leaves nothing to be done. */
export async function sweep(atHand: AtHand): Promise<void> {
  const core = atHand.admin.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespace();
  const left = items.flatMap(({ metadata }) => (belongsTo(atHand, metadata?.name ?? "") ? [metadata?.name ?? ""] : []));
  await Promise.all(left.map(async (name) => core.deleteNamespace({ name }).catch(() => undefined)));
}

/** Waits until there is something, asking often. The provisioner's last lines are told where it does not come. */
export async function eventually<T>(
  { log }: Pick<World, "log">,
  what: string,
  find: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = LIMIT_MS,
): Promise<T> {
  for (const end = Date.now() + limitMs; ; await pause(POLL_MS)) {
    const found = await find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not within ${limitMs / 1_000} s: ${what}\n${log()}`);
  }
}

/** Whatever there still is of the stacks of this run whose names have `part` in them: namespaces, role bindings, containers. */
export async function leftOf(atHand: AtHand, part: string): Promise<readonly string[]> {
  const core = atHand.admin.makeApiClient(CoreV1Api);
  const rbac = atHand.admin.makeApiClient(RbacAuthorizationV1Api);
  const isOf = (text = "") => belongsTo(atHand, text) && text.includes(part);
  const [namespaces, bindings, containers] = await Promise.all([
    core.listNamespace(),
    rbac.listRoleBindingForAllNamespaces(),
    containersWith(part),
  ]);
  return [
    ...namespaces.items
      .filter(({ metadata }) => isOf(metadata?.name))
      .map(({ metadata }) => `Namespace ${metadata?.name}`),
    ...bindings.items
      .filter(({ metadata }) => isOf(metadata?.namespace))
      .map(({ metadata }) => `RoleBinding ${metadata?.namespace}/${metadata?.name}`),
    ...containers.map((name) => `container ${name}`),
  ];
}
