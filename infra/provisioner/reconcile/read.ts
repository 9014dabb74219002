/** What a pass reads before it decides: the pull request, the report's deployments of it, and the plan. Reads only. */
import { desiredOf } from "../../../core/shadow/pull/desired.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Planned } from "../plan/plan.ts";
import { ReportUnavailable } from "../report/report.ts";
import { type PullMemory, type PullRecord, type PullView, refKey, type StackRef } from "./memory.ts";
import type { Loop } from "./parts.ts";
import { keptPlan, ownRefs, refOf } from "./stacks.ts";
import { WORDS } from "./words.ts";

/** All that one pass goes by. */
export interface Read {
  readonly view: PullView;
  readonly records: readonly PullRecord[];
  /** False: the report did not answer, and was never asked before. */
  readonly recordsKnown: boolean;
  /** Stacks that the records may have: a loop that was just started knows of them only from here. */
  readonly refs: readonly StackRef[];
}

/** Everything, from those who know. Rejects when anyone does not answer without whom it cannot go on. */
export async function readAnew(loop: Loop, memory: PullMemory): Promise<Read> {
  const pull = await readPull(loop, memory);
  const view = { pull, desired: desiredFor(loop, memory, pull) };
  const open = await readOpen(loop, memory, view.desired);
  const planned = await planOf(loop, view);
  if (open === null) return { view: { ...view, planned }, ...asRemembered(loop, memory) };
  return {
    view: { ...view, planned },
    records: open.map(recordOf),
    recordsKnown: true,
    refs: open.flatMap((deployment) => refsOf(loop, memory, deployment)),
  };
}

/** Null: the report does not answer. The way down goes on without it; the way up does not. */
async function readOpen(loop: Loop, { repoId, pr }: PullMemory, { kind }: PullView["desired"]) {
  try {
    return await loop.report.openOf(repoId, pr);
  } catch (error) {
    if (error instanceof ReportUnavailable && kind !== "run") return null;
    throw error;
  }
}

/** Only this loop makes deployments, so what it remembers of them is what there is. One that was just started knows only their names. */
function asRemembered(loop: Loop, memory: PullMemory): Omit<Read, "view"> {
  const { records, recordsKnown } = memory;
  const drivers = loop.drivers.map(({ name }) => name);
  return { records, recordsKnown, refs: recordsKnown ? [] : ownRefs(memory, drivers) };
}

/** The plan of what was read already: an image that was waited for may be there now. */
export async function planAgain(loop: Loop, { view, records, recordsKnown }: PullMemory): Promise<Read | null> {
  if (view === null) return null;
  return { view: { ...view, planned: await planOf(loop, view) }, records, recordsKnown, refs: [] };
}

export function keepInMind(memory: PullMemory, { view, records, recordsKnown, refs }: Read): void {
  memory.view = view;
  memory.records = records;
  memory.recordsKnown = recordsKnown;
  for (const ref of refs) memory.refs.set(refKey(ref), ref);
  // What the report lost has to be registered again.
  for (const id of memory.registered.keys())
    if (!records.some((record) => record.id === id)) memory.registered.delete(id);
}

async function readPull(loop: Loop, { repoId, pr }: PullMemory): Promise<PullFacts | null> {
  if (loop.repositories?.has(repoId) !== true)
    loop.repositories = new Map((await loop.github.repositories()).map((repository) => [repository.id, repository]));
  const repository = loop.repositories.get(repoId);
  return repository === undefined ? null : loop.github.pull(repository, pr);
}

function desiredFor(loop: Loop, { repoId }: PullMemory, pull: PullFacts | null): PullView["desired"] {
  if (pull === null) {
    const words = loop.repositories?.has(repoId) === true ? WORDS.gone : WORDS.notServed;
    return { kind: "none", code: "closed", words };
  }
  return desiredOf(pull, { drafts: loop.settings.repositories.get(repoId)?.drafts ?? false, now: loop.clock.now() });
}

async function planOf(loop: Loop, { pull, desired }: Omit<PullView, "planned">): Promise<Planned | null> {
  if (pull === null || desired.kind !== "run") return null;
  const { since, attempt, keep } = desired;
  const planned = await loop.planner({ pull, since, attempt, now: loop.clock.now() });
  return planned.ok && keep ? { ok: true, plan: keptPlan(planned.plan, since) } : planned;
}

function recordOf({ id, headSha, state, stateReason, stack, createdAt, lastPairAt }: Deployment): PullRecord {
  return {
    id,
    headSha,
    state,
    reason: stateReason,
    createdAt: Date.parse(createdAt),
    asked: stack?.asked ?? null,
    failure: stack?.failure ?? null,
    baseSha: stack?.baseSha ?? null,
    lastPairAt: lastPairAt === null ? null : Date.parse(lastPairAt),
  };
}

function refsOf(loop: Loop, memory: PullMemory, { stack }: Deployment): readonly StackRef[] {
  const drivers = stack === null ? loop.drivers.map(({ name }) => name) : [stack.driver];
  const sha = stack?.baseSha ?? null;
  const shared = { repoId: memory.repoId, pr: null, role: "base" } as const;
  return [
    ...ownRefs(memory, drivers),
    ...(sha === null ? [] : drivers.map((driver) => refOf(driver, { ...shared, sha }))),
  ];
}
