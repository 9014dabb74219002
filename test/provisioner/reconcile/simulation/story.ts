/** What the stories of the loop have in common: commits by what becomes of them, and what people do to pull requests. */
import { expect } from "vitest";
import { deploymentIdOf } from "../../../../core/shadow/deployment-id.ts";
import type { SimPull } from "./github.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

export const A = "1".repeat(40);
export const B = "2".repeat(40);
export const CRASHING = "c".repeat(40);
export const REFUSED = "f".repeat(40);
export const WAITING = "e".repeat(40);
export const NO_BASE = "0".repeat(40);
export const SHARED_BASE = "a".repeat(40);
export const OWN_BASE = "b".repeat(40);
export const BAD_BASE = "d".repeat(40);
export const HANGING = "8".repeat(40);
export const MINUTE_MS = 60_000;

/** Which pull requests the world has: the first of each repository is its own, the second a fork's. */
export const OWN = 0;
export const FORK = 1;
export const ELSEWHERE = 2;

export function open(world: World, which = OWN, { sha = A, base = NO_BASE } = {}): SimPull {
  const pull = world.pull(which);
  Object.assign(pull, { exists: true, state: "open", createdAt: world.github.at(), base });
  push(world, pull, sha);
  return pull;
}

export function push(world: World, pull: SimPull, sha: string): void {
  pull.sha = sha;
  pull.heads.push(sha);
  pull.changedAt = world.time.now();
  world.wake(pull);
}

export function close(world: World, pull: SimPull): void {
  pull.state = "closed";
  pull.changedAt = world.time.now();
  world.wake(pull);
}

export function deploymentOf(world: World, { repoId, number, sha }: SimPull) {
  return world.report.deployments.get(deploymentIdOf(repoId, number, sha));
}

export function isLeased(world: World, pull: SimPull): boolean {
  return world.leasedOf(pull.repoId, pull.number).length > 0;
}

export function lastStatus(world: World): string {
  const { state, description } = world.github.statuses.at(-1) ?? { state: "none", description: "" };
  return `${state} ${description}`;
}

export async function running(options: Partial<WorldOptions> = {}, which = OWN, commits = {}) {
  const world = createWorld({ seed: 1, ...options });
  const pull = open(world, which, commits);
  await world.time.advance(MINUTE_MS);
  expect(isLeased(world, pull)).toBe(true);
  return { world, pull };
}
