/**
 * What this process knows of stacks that were found as they should be, so that a stack at rest costs a look at what runs and nothing
 * more. Losing it costs one full look; nothing depends on it.
 */
import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";

/** How long the objects that do not run (policies, secrets, quotas) go unlooked at. */
export const FULL_LOOK_EVERY_MS = 300_000;

export interface Known {
  /** Content mark of all groups: with another one everything is looked at. */
  readonly mark: string;
  /** When everything was last looked at, Unix milliseconds. */
  readonly at: number;
  /** Objects found or made as they should be since then, by kind and name. */
  readonly equal: ReadonlySet<string>;
  readonly clusterIps: Readonly<Record<string, string>>;
}

export interface Memory {
  readonly get: (spec: StackSpec) => Known | null;
  readonly set: (spec: StackSpec, known: Known | null) => void;
  /** When the spec's commit and attempt was last seen ready; null: never by this process. */
  readonly readyAt: (spec: StackSpec) => number | null;
  readonly sawReady: (spec: StackSpec, now: number) => void;
  readonly forget: (name: string) => void;
}

export function createMemory(): Memory {
  const known = new Map<string, Known>();
  const ready = new Map<string, { readonly attempt: string; readonly at: number }>();
  return {
    get: ({ identity }) => known.get(stackNameOf(identity)) ?? null,
    set: ({ identity }, value) => {
      if (value === null) known.delete(stackNameOf(identity));
      else known.set(stackNameOf(identity), value);
    },
    readyAt: (spec) => {
      const last = ready.get(stackNameOf(spec.identity));
      return last?.attempt === attemptOf(spec) ? last.at : null;
    },
    sawReady: (spec, now) => void ready.set(stackNameOf(spec.identity), { attempt: attemptOf(spec), at: now }),
    forget: (name) => {
      known.delete(name);
      ready.delete(name);
    },
  };
}

export function knownBefore(
  known: Known | null,
  { mark, now }: { readonly mark: string; readonly now: number },
): boolean {
  return known !== null && known.mark === mark && now - known.at < FULL_LOOK_EVERY_MS;
}

function attemptOf({ identity, attempt }: StackSpec): string {
  return `${identity.sha}/${attempt}`;
}
