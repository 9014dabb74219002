/** One pass over one pull request: read, ask the table, take its steps, say how it went and when to come again. */
import {
  type Situation,
  type StandingFacts,
  type Step,
  situationOf,
  stepsOf,
} from "../../../core/shadow/pull/steps.ts";
import { countOn, endOthers, ensure, lease, makeReady, registerReady, scaleDown, show } from "./act.ts";
import { answerCommands } from "./answers.ts";
import type { PullMemory } from "./memory.ts";
import { nextLook, wordsOf } from "./outcome.ts";
import { STATUS_RETRY_MS } from "./pace.ts";
import type { Loop } from "./parts.ts";
import { type Pass, recordOfWanted, type StepResult, Superseded } from "./pass.ts";
import { keepGivenUp } from "./patience.ts";
import type { Turn } from "./queue.ts";
import { keepInMind, planAgain, readAnew } from "./read.ts";
import { askedOf } from "./stacks.ts";
import { announce, saySituation } from "./status.ts";
import { closeAll, removeAll, tidy, withdraw } from "./teardown.ts";
import { showWaiting } from "./waiting.ts";

/** When to come again, milliseconds; null: when woken. Rejects with whatever kept it from finishing. */
export async function runPass(loop: Loop, memory: PullMemory, turn: Turn): Promise<number | null> {
  const fresh = turn.woken || memory.stale || memory.view === null;
  if (fresh) {
    keepInMind(memory, await unlessWoken(turn, readAnew(loop, memory)));
    memory.stale = false;
  } else if (memory.view?.planned?.ok === false) {
    const read = await unlessWoken(turn, planAgain(loop, memory));
    if (read !== null) keepInMind(memory, read);
  }
  const pass: Pass = { loop, memory, turn, fresh, together: null };
  await announce(pass);
  prepare(pass);
  const { situation, result } = await takeSteps(pass);
  memory.looks = memory.situation === situation ? memory.looks + 1 : 0;
  memory.situation = situation;
  if (result !== "done") return result.again;
  await saySituation(pass, situation, wordsOf(pass, situation));
  await answerCommands(pass);
  const again = nextLook(situation, memory.looks);
  return memory.statusDue ? Math.min(again ?? STATUS_RETRY_MS, STATUS_RETRY_MS) : again;
}

/** Reads are given up when something newer is known. They change nothing, so nobody waits for them. */
async function unlessWoken<T>(turn: Turn, reading: Promise<T>): Promise<T> {
  const woken = Promise.withResolvers<never>();
  const onAbort = () => woken.reject(new Superseded());
  turn.signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([reading, woken.promise]);
  } finally {
    turn.signal.removeEventListener("abort", onAbort);
  }
}

/** What the plan needs is known to the others before anything is asked of a driver. */
function prepare({ loop, memory }: Pass): void {
  const planned = memory.view?.planned ?? null;
  memory.known = true;
  // Without a plan it needs what it needed before: an image that is waited for is no reason to take its base away.
  if (planned?.ok !== true || isUnused(loop, memory)) return;
  countOn(loop, memory);
  const record = recordOfWanted(memory);
  if (record?.asked === askedOf(loop, planned.plan)) keepGivenUp(memory, planned.plan.shadow, record);
}

async function takeSteps(pass: Pass): Promise<{ readonly situation: Situation; readonly result: StepResult }> {
  const facts = standingFacts(pass);
  const situation = situationOf(facts);
  for (const step of stepsOf(facts)) {
    stopIfOver(pass, situation);
    const result = await STEPS[step](pass, situation);
    if (result !== "done") return { situation, result };
  }
  return pass.together !== null && situation === "unasked" ? takeSteps(pass) : { situation, result: "done" };
}

/** Nothing of these may run, whatever else is known. */
const WAYS_DOWN: ReadonlySet<Situation> = new Set(["unwanted", "waits-for-approval"]);

/** On the way down nothing newer changes what is to be done first; on the way up it does. */
function stopIfOver({ loop, turn }: Pass, situation: Situation): void {
  if (loop.isStopping() || (turn.signal.aborted && !WAYS_DOWN.has(situation))) throw new Superseded();
}

function standingFacts(pass: Pass): StandingFacts {
  const { loop, memory, together } = pass;
  const { desired, planned } = memory.view ?? { desired: null, planned: null };
  if (desired === null) throw new Error("a pass without a view");
  const unused = isUnused(loop, memory);
  const plan = planStanding(pass);
  const record = recordOfWanted(memory);
  const wantsPlace = plan === "ok" && !unused;
  return {
    desired,
    record,
    plan,
    unused,
    place: !wantsPlace || loop.places.take([...memory.needs.values()], memory.key),
    changed: planned?.ok === true && record?.asked !== askedOf(loop, planned.plan),
    stacks: together?.state ?? "unknown",
  };
}

function planStanding({ loop, memory: { view } }: Pass): StandingFacts["plan"] {
  const planned = view?.planned ?? null;
  if (planned === null) return "none";
  if (!planned.ok) return planned.kind;
  const keeps = view?.desired.kind === "run" && view.desired.keep;
  return planned.plan.shadow.expiresAt <= loop.clock.now() && !keeps ? "expired" : "ok";
}

/**
 * Counted from the newest of: registered, wanted (push, approval, retry), last pair, got ready. Once it sleeps no pair comes, so it
 * sleeps on without anything being stored, until somebody wants it anew.
 */
function isUnused(loop: Loop, memory: PullMemory): boolean {
  const record = recordOfWanted(memory);
  const { desired, planned } = memory.view ?? { desired: null, planned: null };
  if (record === null || desired?.kind !== "run" || planned?.ok !== true || planned.plan.driver === "url") return false;
  if (record.state !== "ready" && record.state !== "idle") return false;
  const readyAt = record.state === "ready" ? (memory.readyAt ?? loop.startedAt) : 0;
  const last = Math.max(record.createdAt, desired.since, record.lastPairAt ?? 0, readyAt);
  return loop.clock.now() - last >= loop.settings.idleAfterMs;
}

const STEPS: Readonly<Record<Step, (pass: Pass, situation: Situation) => Promise<StepResult>>> = {
  withdraw: async (pass, situation) => {
    // The words come first: a fork's approval is waited for while its old stack is still being removed.
    await saySituation(pass, situation, wordsOf(pass, situation));
    return withdraw(pass, wordsOf(pass, situation));
  },
  "end-others": endOthers,
  "show-pending": (pass, situation) => show(pass, "pending", shown(pass, situation)),
  "show-failed": (pass, situation) => show(pass, "failed", shown(pass, situation)),
  "show-idle": (pass, situation) => show(pass, "idle", shown(pass, situation)),
  ensure,
  "scale-down": scaleDown,
  tidy,
  remove: removeAll,
  close: closeAll,
  "show-waiting": (pass, situation) => showWaiting(pass, wordsOf(pass, situation)),
  register: registerReady,
  "make-ready": makeReady,
  lease,
};

function shown(pass: Pass, situation: Situation) {
  const planned = pass.memory.view?.planned;
  return { words: wordsOf(pass, situation), failure: planned?.ok === false ? planned.code : null };
}

/** A pull request of which nothing is left and nothing is expected; it is looked at again when it is listed or woken. */
export function isOver({ view, records, refs, statusDue }: PullMemory): boolean {
  const isClosed = view?.desired.kind === "none" && view.desired.code === "closed";
  return isClosed && records.length === 0 && refs.size === 0 && !statusDue;
}
