/** What the scenarios' tests look at again and again, whatever the stacks run on: mirrored requests, the report, statuses. */
import { setTimeout as pause } from "node:timers/promises";
import { deploymentIdOf } from "../../../core/shadow/deployment-id.ts";
import { stackNameOf } from "../../../core/shadow/stack/identity.ts";
import { type Deployment, DeploymentSchema } from "../../../core/wire/api/deployments.ts";
import type { LocalPull } from "../../../infra/local/github/stand-in.ts";
import type { Team, Teams } from "./repositories.ts";
import type { RequestLog, Seen } from "./request-log.ts";
import type { Workers } from "./workers.ts";

const POLL_MS = 100;

/** A busy machine starts a stack in a minute; nothing that is waited for takes longer than two and a half. */
export const LIMIT_MS = 150_000;

/** The parts of a world that are looked at. */
export interface Seeing {
  readonly workers: Workers;
  readonly teams: Teams;
  readonly requests: RequestLog;
  /** The last lines the provisioner logged. */
  readonly log: () => string;
}

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

/** Waits until there is something, asking often. The provisioner's last lines are told where it does not come. */
export async function eventually<T>(
  { log }: Pick<Seeing, "log">,
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
