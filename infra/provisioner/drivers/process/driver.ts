/**
 * Stacks that are one process of this machine each: the operator's command with a port of its own. For the local start and for trying
 * out: nothing shuts the process in. What runs is known from the processes themselves, so nothing is written to disk.
 */

import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { ProcessWorkload, StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { Driver, FoundStack, StackStanding } from "../driver.ts";
import { endGroup, killGroup } from "./group.ts";
import { type Label, labelledGroups } from "./label.ts";
import { type LaunchedProcess, launchProcess } from "./launch.ts";
import { FIRST_WAIT_MS, NO_PROCESS, standingOf } from "./standing.ts";

export interface ProcessDriverOptions {
  /** Whose stacks these are, among all provisioners of this machine: the processes of others are left alone. */
  readonly owner: string;
  /** Told of each process that was started; it leads a process group of its own. */
  readonly onStart?: (pid: number, stack: string) => void;
}

export interface ProcessDriver extends Driver {
  /** Kills every process of this owner's at once, without grace: for a provisioner that has to end now. */
  readonly killAll: () => void;
}

interface Held {
  readonly options: ProcessDriverOptions;
  /** By the stack's name. */
  readonly own: Map<string, LaunchedProcess>;
}

export function processDriver(options: ProcessDriverOptions): ProcessDriver {
  const held: Held = { options, own: new Map() };
  return {
    name: "process",
    ensure: (spec, signal) => ensure(held, spec, signal),
    idle: async (spec) => void (await remove(held, stackNameOf(spec.identity))),
    remove: (name) => remove(held, name),
    list: async () => found(held),
    killAll: () => {
      for (const group of groupsOf(held, null)) killGroup(group);
    },
  };
}

async function ensure(held: Held, spec: StackSpec, signal: AbortSignal): Promise<StackStanding> {
  const { workload } = spec;
  if (workload.kind !== "process" || workload.command.length === 0) return NO_PROCESS;
  const label = labelOf(spec, held.options.owner);
  const key = keyOf(spec, workload);
  const before = held.own.get(label.name);
  if (before?.key === key) {
    held.own.set(label.name, { ...before, label });
    return standingOf(before, { waitMs: 0, signal });
  }
  // What has the name runs another commit, or was started by a provisioner that is gone: nobody reads what it writes any more.
  await remove(held, label.name);
  signal.throwIfAborted();
  const launched = await launchProcess({ workload, label, key });
  held.own.set(label.name, launched);
  if (launched.pid !== null) held.options.onStart?.(launched.pid, label.name);
  return standingOf(launched, { waitMs: FIRST_WAIT_MS, signal });
}

async function remove(held: Held, name: string): Promise<"removing" | "gone"> {
  const ended = await Promise.all(groupsOf(held, name).map(endGroup));
  if (ended.includes(false)) return "removing";
  held.own.delete(name);
  return "gone";
}

/** Process groups of one stack, or of all: those started here, and those that carry the owner's label. */
function groupsOf({ own, options }: Held, name: string | null): readonly number[] {
  const started = [...own.values()].flatMap(({ pid, label }) => (pid === null ? [] : [{ group: pid, label }]));
  const all = [...started, ...labelledGroups(options.owner)];
  return [...new Set(all.filter(({ label }) => name === null || label.name === name).map(({ group }) => group))];
}

/** A stack whose process has ended by itself is there until it is removed: it holds the reason. */
function found({ own, options }: Held): readonly FoundStack[] {
  const labels = [...labelledGroups(options.owner), ...own.values()].map(({ label }) => label);
  const byName = new Map(labels.map((label) => [label.name, label]));
  return Array.from(byName.values(), ({ name, repoId, pr, role, sha, expiresAt }) => {
    return { name, repoId, pr, role, sha, expiresAt, removing: false };
  });
}

function labelOf({ identity, expiresAt }: StackSpec, owner: string): Label {
  return { ...identity, name: stackNameOf(identity), expiresAt, owner };
}

/** Whatever of a spec a running process cannot take over. */
function keyOf({ identity, attempt }: StackSpec, { command, env }: ProcessWorkload): string {
  return JSON.stringify([identity.sha, attempt, command, Object.entries(env)]);
}
