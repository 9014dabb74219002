/** The steps that show a deployment, bring up its stacks and give it traffic. Each does nothing where nothing is to be done. */
import type { DriverUnavailable } from "../drivers/driver.ts";
import type { PullPlan } from "../plan/plan.ts";
import { ReportUnavailable } from "../report/report.ts";
import { givesUpBase, planThatCounts, whyWithoutBase } from "./base.ts";
import { isFinal } from "./leases.ts";
import type { PullMemory } from "./memory.ts";
import { driverOf, type Loop } from "./parts.ts";
import { closeRecord, type Pass, recordOfWanted, type StepResult, setState, wantedOf, withdrawRecord } from "./pass.ts";
import { reasonWords, registrationBody } from "./registration.ts";
import { askedOf, ensureStacks, neededBy, standTogether } from "./stacks.ts";
import { WORDS } from "./words.ts";

/** Deployments of other commits lose their traffic and are closed; their stack is taken over in place. */
export async function endOthers(pass: Pass): Promise<StepResult> {
  const { desired } = wantedOf(pass);
  const others = pass.memory.records.filter(({ headSha }) => headSha !== desired.sha);
  for (const record of others) {
    await withdrawRecord(pass, record, WORDS.replaced);
    await closeRecord(pass, record.id);
  }
  return "done";
}

/** Its state first where it has one: whatever is changed below gets no traffic while it is changed. */
export async function show(
  pass: Pass,
  state: "pending" | "failed" | "idle",
  { words, failure }: { readonly words: string; readonly failure: string | null },
): Promise<StepResult> {
  const { id } = wantedOf(pass);
  const reason = reasonWords(words);
  if (recordOfWanted(pass.memory) !== null) await setState(pass, id, { state, reason });
  await register(pass, failure);
  await setState(pass, id, { state, reason });
  return "done";
}

export async function ensure(pass: Pass): Promise<StepResult> {
  const { memory } = pass;
  const { planned } = wantedOf(pass);
  if (!planned.ok) return "done";
  for (const [key, { expiresAt: _, ...ref }] of memory.needs) memory.refs.set(key, ref);
  pass.together = await ensureStacks(pass, planned.plan);
  goOnWithoutBase(pass, planned.plan);
  return "done";
}

/** A base that was given up is not part of the plan any more, from this pass on; `tidy` removes what is left of it. */
function goOnWithoutBase(pass: Pass, plan: PullPlan): void {
  const { loop, memory, together: now } = pass;
  if (now === null || now.base === null || !givesUpBase(pass, plan, now.base)) return;
  countOn(loop, memory);
  pass.together = standTogether(planThatCounts(loop, memory, plan), now.shadow, null);
}

/** The plan as it counts takes the place of what was planned; what it needs is known to the others before any driver is asked. */
export function countOn(loop: Loop, memory: PullMemory): void {
  const { view } = memory;
  if (view?.planned?.ok !== true) return;
  const plan = planThatCounts(loop, memory, view.planned.plan);
  memory.view = { ...view, planned: { ok: true, plan } };
  memory.needs = neededBy(plan);
}

export async function registerReady(pass: Pass): Promise<StepResult> {
  // The stack may be a minute old, what GitHub said as well: traffic begins only for what is the head now. A loop that was just started
  // holds no lease either of what the report calls ready.
  if (!pass.fresh && !pass.loop.leases.has(wantedOf(pass).id)) {
    pass.memory.stale = true;
    return { again: 0 };
  }
  await register(pass, null);
  return "done";
}

/** Tells the report what runs, when it differs from what it was told. */
async function register(pass: Pass, failure: string | null): Promise<void> {
  const { loop, memory, together } = pass;
  const { id, planned, desired } = wantedOf(pass);
  const asked = planned.ok ? askedOf(loop, planned.plan) : null;
  const body = registrationBody(planned, {
    standing: together?.shadow ?? null,
    addresses: together?.addresses ?? null,
    failure: together?.failure ?? failure,
    asked,
  });
  const text = JSON.stringify(body);
  if (memory.registered.get(id) === text) return;
  // Should the answer get lost, neither the old nor the new is known to stand there.
  memory.registered.delete(id);
  await loop.report.register(id, body);
  memory.registered.set(id, text);
  const known = recordOfWanted(memory);
  const told = { asked, failure: body.stack?.failure ?? null, baseSha: body.stack?.baseSha ?? null };
  const record = { id, headSha: desired.sha, state: "pending", reason: null, lastPairAt: null, ...told } as const;
  memory.records =
    known === null
      ? [...memory.records, { ...record, createdAt: loop.clock.now() }]
      : memory.records.map((other) => (other === known ? { ...other, ...told } : other));
}

export async function makeReady(pass: Pass): Promise<StepResult> {
  const { loop, memory } = pass;
  const { id, planned } = wantedOf(pass);
  if (recordOfWanted(memory)?.state !== "ready") memory.readyAt = loop.clock.now();
  const why = planned.ok ? whyWithoutBase(loop, memory, planned.plan) : null;
  await setState(pass, id, { state: "ready", reason: why === null ? null : reasonWords(why) });
  return "done";
}

export async function lease(pass: Pass): Promise<StepResult> {
  const { loop, memory } = pass;
  const { id } = wantedOf(pass);
  if (loop.leases.has(id)) return "done";
  // Before the call: its answer may get lost, and so may the one that said it was ready.
  memory.ended.delete(id);
  const problem = await loop.leases.begin(id, memory.key);
  if (problem === null) return "done";
  // It is not what it was thought to be: read it again, and register it again where it is lost.
  if (isFinal(problem)) memory.stale = true;
  throw new ReportUnavailable(WORDS.leaseRefused(problem));
}

/** The pull request's own stacks keep their objects; a shared base goes when nobody else needs it. */
export async function scaleDown(pass: Pass): Promise<StepResult> {
  const { loop, memory, turn } = pass;
  const { planned } = wantedOf(pass);
  const driver = planned.ok ? driverOf(loop, planned.plan.driver) : undefined;
  if (!planned.ok || driver === undefined) return "done";
  const { shadow, base } = planned.plan;
  const own = base === null || base.identity.pr === null ? [shadow] : [shadow, base];
  for (const spec of own) await driver.idle(spec, turn.signal);
  const needs = [...neededBy({ ...planned.plan, base: own[1] ?? null })];
  for (const [, ref] of needs) loop.places.free(ref);
  memory.needs = new Map(needs);
  return "done";
}

/** The driver could not be reached: said where people look, as far as it can be. */
export async function showUnavailable(pass: Pass, error: DriverUnavailable): Promise<void> {
  const record = recordOfWanted(pass.memory);
  if (record?.state !== "pending") return;
  const reason = reasonWords(WORDS.driverAway(error.message));
  await setState(pass, record.id, { state: "pending", reason }).catch(() => undefined);
}
