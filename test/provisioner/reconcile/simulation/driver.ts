/** A cluster as the loop sees it: slow, failing, unreachable, and strict about who calls it when. */
import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { type Driver, DriverUnavailable, type StackStanding } from "../../../../infra/provisioner/drivers/driver.ts";
import type { Chance } from "./chance.ts";
import type { VirtualTime } from "./clock.ts";

export interface SimStack {
  readonly name: string;
  readonly repoId: number;
  readonly pr: number | null;
  readonly role: "shadow" | "base";
  sha: string;
  attempt: string;
  expiresAt: number;
  readyAt: number;
  /** Null: stays as it is. */
  removingUntil: number | null;
  idle: boolean;
  /** It stopped running and comes back then. */
  deadUntil: number;
  /** It says that it failed, until then. */
  failsUntil: number;
}

export interface SimDriver extends Driver {
  up: boolean;
  /** Removals fail with these words; null: they do not. */
  removalFails: string | null;
  /** Longest time an answer takes, and a start. Milliseconds. */
  slowness: number;
  startMs: number;
  readonly stacks: Map<string, SimStack>;
  readonly isRunning: (name: string, sha: string) => boolean;
  readonly ensured: string[];
  /** Base stacks that ever failed. */
  readonly failedBases: Set<string>;
  /** Whoever called is dead: what it asked for takes effect, and nobody waits for the answer. */
  readonly callersDied: () => void;
}

export interface DriverEvents {
  /** What runs is about to be changed or removed: nobody may be sending requests there. */
  readonly changing: (stack: SimStack, how: "change" | "removal" | "idle") => void;
  readonly violated: (words: string) => void;
}

/** A commit whose name begins so crashes. */
export const CRASHES = "c";
/** A commit whose name begins so starts for ever. */
export const HANGS = "8";
/** A base commit whose name begins so crashes. */
export const BASE_CRASHES = "d";

export function createSimDriver(time: VirtualTime, chance: Chance, events: DriverEvents): SimDriver {
  const stacks = new Map<string, SimStack>();
  const busy = new Set<string>();

  /** The request takes effect soon; its answer may take long, and whoever gives up waiting does not undo it. */
  async function call<T>(name: string, signal: AbortSignal, work: () => T): Promise<T> {
    if (busy.has(name)) events.violated(`two calls for ${name} at once`);
    busy.add(name);
    try {
      if (chance.happens(0.5)) await time.sleep(chance.below(100));
      if (!sim.up) throw new DriverUnavailable("The cluster does not answer.");
      const result = work();
      if (sim.slowness > 0 && chance.happens(0.5)) await time.sleepOr(chance.below(sim.slowness), signal);
      if (signal.aborted) throw new Error("given up");
      return result;
    } finally {
      busy.delete(name);
    }
  }

  function apply(spec: StackSpec): StackStanding {
    const { identity, attempt, expiresAt } = spec;
    const name = stackNameOf(identity);
    sim.ensured.push(`${name}@${identity.sha.slice(0, 4)}`);
    const known = whatIsLeft(name);
    if (known !== undefined && known.removingUntil !== null) return progressing("waits for the old stack to end");
    const { repoId, pr, role, sha } = identity;
    if (known === undefined || known.sha !== sha || known.attempt !== attempt || known.idle) {
      if (known !== undefined) events.changing(known, "change");
      const readyAt = time.now() + chance.below(sim.startMs);
      stacks.set(name, {
        name,
        repoId,
        pr,
        role,
        sha,
        attempt,
        expiresAt,
        readyAt,
        removingUntil: null,
        idle: false,
        deadUntil: 0,
        failsUntil: 0,
      });
      return progressing("pods start");
    }
    known.expiresAt = expiresAt;
    return standingOf(known);
  }

  function standingOf(stack: SimStack): StackStanding {
    const services = [{ name: "web", image: `web:${stack.sha}`, state: "ready", reason: null }] as const;
    if (time.now() < stack.readyAt || stack.sha.startsWith(HANGS)) return progressing("pods start");
    const crashes = stack.sha.startsWith(stack.role === "shadow" ? CRASHES : BASE_CRASHES);
    if (stack.role === "base" && (crashes || time.now() < stack.failsUntil)) sim.failedBases.add(stack.name);
    if (crashes || time.now() < stack.failsUntil)
      return {
        state: "failed",
        failure: "crash-loop",
        words: "web exits with 1",
        log: "boom",
        services,
        podSecurity: null,
      };
    if (time.now() < stack.deadUntil) return progressing("web restarts");
    return {
      state: "ready",
      origin: `https://${stack.name}.example.com`,
      stamped: true,
      services,
      podSecurity: "restricted",
    };
  }

  /** A removal that was begun goes on by itself. */
  function whatIsLeft(name: string): SimStack | undefined {
    const stack = stacks.get(name);
    if (stack !== undefined && stack.removingUntil !== null && time.now() >= stack.removingUntil) stacks.delete(name);
    return stacks.get(name);
  }

  function removeOne(name: string): "removing" | "gone" {
    const stack = whatIsLeft(name);
    if (stack === undefined) return "gone";
    if (sim.removalFails !== null) throw new Error(sim.removalFails);
    if (stack.removingUntil === null) {
      events.changing(stack, "removal");
      stack.removingUntil = time.now() + chance.below(10_000);
    }
    return "removing";
  }

  const sim: SimDriver = {
    name: "kubernetes",
    up: true,
    removalFails: null,
    slowness: 0,
    startMs: 20_000,
    stacks,
    ensured: [],
    failedBases: new Set(),
    callersDied: () => busy.clear(),
    isRunning: (name, sha) => {
      const stack = stacks.get(name);
      if (stack === undefined || stack.idle || stack.removingUntil !== null) return false;
      return stack.sha === sha && standingOf(stack).state === "ready";
    },
    ensure: (spec, signal) => call(stackNameOf(spec.identity), signal, () => apply(spec)),
    idle: ({ identity }, signal) =>
      call(stackNameOf(identity), signal, () => {
        const stack = stacks.get(stackNameOf(identity));
        if (stack === undefined || stack.idle) return;
        events.changing(stack, "idle");
        stack.idle = true;
      }),
    remove: (name, signal) => call(name, signal, () => removeOne(name)),
    list: async () => {
      if (chance.happens(0.5)) await time.sleep(chance.below(200));
      if (!sim.up) throw new DriverUnavailable("The cluster does not answer.");
      return Array.from(stacks.values(), ({ removingUntil, name, repoId, pr, role, sha, expiresAt }) => {
        return { name, repoId, pr, role, sha, expiresAt, removing: removingUntil !== null };
      });
    },
  };
  return sim;
}

function progressing(words: string): StackStanding {
  return { state: "progressing", words, services: [], podSecurity: null };
}
