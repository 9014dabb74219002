/** The stacks of a plan: which there are, one step with their drivers, and what they say together. */
import { createHmac } from "node:crypto";
import { type StackIdentity, stackNameOf, stampOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { type Driver, type DriverName, DriverUnavailable, type StackStanding } from "../drivers/driver.ts";
import type { PullPlan } from "../plan/plan.ts";
import { type NeededStack, type PullMemory, refKey, type StackRef } from "./memory.ts";
import { driverOf, type Loop } from "./parts.ts";
import { forgetStarts, withinLimit } from "./patience.ts";
import type { Addresses } from "./registration.ts";
import { WORDS } from "./words.ts";

const ASKED_CHARS = 32;

/** A plan is looked at every few seconds and may hold a compose file with all its secrets. */
const hashes = new WeakMap<PullPlan, string>();

/** The label `shadow-keep` holds a stack for a year: not for ever, should everything that knows of it be lost. */
const KEEP_MS = 365 * 86_400_000;

export function refOf(driver: DriverName, identity: StackIdentity): StackRef {
  return { driver, repoId: identity.repoId, name: stackNameOf(identity), shared: identity.pr === null };
}

export function neededBy({ driver, shadow, base }: PullPlan): ReadonlyMap<string, NeededStack> {
  const specs = base === null ? [shadow] : [shadow, base];
  const needed = specs.map(({ identity, expiresAt }) => ({ ...refOf(driver, identity), expiresAt }));
  return new Map(needed.map((stack) => [refKey(stack), stack]));
}

/** All names stacks of a pull request may have, but for shared bases, at these drivers. */
export function ownRefs({ repoId, pr }: PullMemory, drivers: readonly DriverName[]): readonly StackRef[] {
  const identities = (["shadow", "base"] as const).map((role) => ({ repoId, pr, role, sha: "" }));
  return drivers.flatMap((driver) => identities.map((identity) => refOf(driver, identity)));
}

export function keptPlan(plan: PullPlan, since: number): PullPlan {
  const expiresAt = since + KEEP_MS;
  const base = plan.base === null ? null : { ...plan.base, expiresAt };
  return { ...plan, shadow: { ...plan.shadow, expiresAt }, base };
}

/**
 * What is asked of the drivers, as a hash that the report keeps; how long it may live changes nothing that runs. Keyed, because
 * secrets of the stack are in it, and people who read the report could try out short ones.
 */
export function askedOf(loop: Loop, plan: PullPlan): string {
  const known = hashes.get(plan);
  if (known !== undefined) return known;
  const { driver, shadow, base } = plan;
  const asked = JSON.stringify([driver, shadow, base], (key, value: unknown) => (key === "expiresAt" ? 0 : value));
  const key = loop.settings.report.serviceToken;
  const hash = createHmac("sha256", key).update(asked).digest("hex").slice(0, ASKED_CHARS);
  hashes.set(plan, hash);
  return hash;
}

/** What is left of a plan is asked for as the whole was: giving up a part changes nothing that runs. */
export function sameAsked(plan: PullPlan, less: PullPlan): PullPlan {
  const asked = hashes.get(plan);
  if (asked !== undefined) hashes.set(less, asked);
  return less;
}

export interface Together {
  readonly state: "progressing" | "ready" | "failed";
  readonly words: string;
  /** The pull request's own. */
  readonly shadow: StackStanding;
  /** Null without one. */
  readonly base: StackStanding | null;
  readonly failure: string | null;
  /** Null unless all are ready. */
  readonly addresses: Addresses | null;
}

export interface Asker {
  readonly loop: Loop;
  readonly memory: PullMemory;
  readonly turn: { readonly signal: AbortSignal };
}

/** One step for the base, then one for the shadow: they start side by side, and the base is no later. */
export async function ensureStacks({ loop, memory, turn }: Asker, plan: PullPlan): Promise<Together> {
  const driver = driverOf(loop, plan.driver);
  if (driver === undefined) return failedTogether(WORDS.noDriver(plan.driver));
  forgetStarts(memory, plan.base === null ? [plan.shadow] : [plan.shadow, plan.base]);
  const step = async (spec: StackSpec) =>
    withinLimit({ loop, memory }, spec, await ensureOne(loop, driver, { spec, signal: turn.signal }));
  const base = plan.base === null ? null : await step(plan.base);
  const shadow = await step(plan.shadow);
  return standTogether(plan, shadow, base);
}

function failedTogether(words: string): Together {
  const shadow = {
    state: "failed",
    failure: "config-error",
    words,
    log: null,
    services: [],
    podSecurity: null,
  } as const;
  return { state: "failed", words, shadow, base: null, failure: "driver-not-enabled", addresses: null };
}

interface Asked {
  readonly spec: StackSpec;
  readonly signal: AbortSignal;
}

async function ensureOne(loop: Loop, driver: Driver, { spec, signal }: Asked): Promise<StackStanding> {
  const key = refKey(refOf(driver.name, spec.identity));
  const expiresAt = Math.max(spec.expiresAt, ...expiriesOf(loop, key));
  return locked(loop, key, () => driver.ensure({ ...spec, expiresAt }, signal));
}

/** A shared base lives as long as the longest of those who need it. */
function expiriesOf(loop: Loop, key: string): readonly number[] {
  return Array.from(loop.pulls.values(), ({ needs }) => needs.get(key)?.expiresAt ?? 0);
}

export function standTogether(plan: PullPlan, shadow: StackStanding, base: StackStanding | null): Together {
  if (shadow.state === "failed")
    return { state: "failed", words: shadow.words, shadow, base, failure: shadow.failure, addresses: null };
  if (shadow.state === "ready" && (base === null || base.state === "ready"))
    return { state: "ready", words: "", shadow, base, failure: null, addresses: addressesOf(plan, shadow, base) };
  return { state: "progressing", words: startWords(shadow, base), shadow, base, failure: null, addresses: null };
}

function startWords(shadow: StackStanding, base: StackStanding | null): string {
  if (base?.state === "failed") return WORDS.baseMayComeBack(base.words);
  if (shadow.state === "progressing") return shadow.words;
  return base?.state === "progressing" ? WORDS.baseIsStarting(base.words) : WORDS.starting;
}

type ReadyStanding = Extract<StackStanding, { readonly state: "ready" }>;

function addressesOf(plan: PullPlan, shadow: ReadyStanding, base: ReadyStanding | null): Addresses {
  return {
    shadowOrigin: shadow.origin,
    stamped: shadow.stamped,
    base:
      base === null || plan.base === null
        ? null
        : { origin: base.origin, deploymentId: stampOf(plan.base.identity), againShare: plan.againShare },
  };
}

/** `kept`: somebody else needs it. A shared base is nobody's to remove before everybody was asked what they need. */
export async function removeStack(
  loop: Loop,
  ref: StackRef,
  signal: AbortSignal,
): Promise<"removing" | "gone" | "kept"> {
  const driver = driverOf(loop, ref.driver);
  // A driver that the operator took away: whoever enables it again finds its stacks by the sweep.
  if (driver === undefined) return "gone";
  const key = refKey(ref);
  return locked(loop, key, async () => {
    if (isNeeded(loop, key) || (ref.shared && !everyoneIsKnown(loop, ref.repoId))) return "kept";
    const removed = await driver.remove(ref.name, signal);
    if (removed === "gone") loop.places.free(ref);
    return removed;
  });
}

export function isNeeded(loop: Loop, key: string): boolean {
  return [...loop.pulls.values()].some(({ needs }) => needs.has(key));
}

/** Of a repository: all its open pull requests, and what they need. Others need none of its stacks. */
export function everyoneIsKnown(loop: Loop, repository: number): boolean {
  if (!loop.listed || loop.unread.has(repository)) return false;
  return [...loop.pulls.values()].every(({ repoId, known }) => known || repoId !== repository);
}

async function locked<T>(loop: Loop, key: string, work: () => Promise<T>): Promise<T> {
  const before = loop.locks.get(key);
  const mine = (before ?? Promise.resolve()).then(work, work);
  loop.locks.set(key, mine);
  try {
    return await mine;
  } finally {
    if (loop.locks.get(key) === mine) loop.locks.delete(key);
  }
}

/** For a driver's failure that is no `DriverUnavailable`: a fault of ours, said in its own words and tried again like the others. */
export function driverWords(error: unknown): string {
  if (error instanceof DriverUnavailable) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
