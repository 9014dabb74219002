/**
 * What becomes of a shadow whose base stack does not run: after a while it is compared with production instead, visibly, and for as
 * long as this commit is not tried anew, because findings against two references would not add up in one report.
 */
import type { ComposeNote } from "../../../core/shadow/compose/note.ts";
import type { StackStanding } from "../drivers/driver.ts";
import type { PullPlan } from "../plan/plan.ts";
import type { PullMemory } from "./memory.ts";
import type { Loop } from "./parts.ts";
import { recordOfWanted } from "./pass.ts";
import { askedOf, sameAsked } from "./stacks.ts";
import { WORDS } from "./words.ts";

/** An image that is pulled again, a crash at the first start: most of it passes, and the shadow waits so long for it. */
const BASE_PATIENCE_MS = 60_000;

/** The plan as it counts: without its base where that was given up, in this process or before it. */
export function planThatCounts(loop: Loop, memory: PullMemory, plan: PullPlan): PullPlan {
  if (plan.base === null) return plan;
  const asked = askedOf(loop, plan);
  const record = recordOfWanted(memory);
  // The report was told that there is no base although the same was asked: a loop that was there before gave it up.
  if (memory.withoutBase?.asked !== asked && record?.asked === asked && record.baseSha === null)
    memory.withoutBase = { asked, reason: (record.state === "ready" ? record.reason : null) ?? WORDS.withoutBase("") };
  return memory.withoutBase?.asked === asked ? withoutBase(plan, memory.withoutBase.reason) : plan;
}

/** Why production is the reference although the plan has a base; null: it is not. */
export function whyWithoutBase(loop: Loop, { withoutBase: given }: PullMemory, plan: PullPlan): string | null {
  return given?.asked === askedOf(loop, plan) ? given.reason : null;
}

/** Whether it has failed for long enough to go on without it. From then on `planThatCounts` leaves it out. */
export function givesUpBase(
  { loop, memory }: { readonly loop: Loop; readonly memory: PullMemory },
  plan: PullPlan,
  base: StackStanding,
): boolean {
  const asked = askedOf(loop, plan);
  if (base.state !== "failed") {
    memory.baseFails = null;
    return false;
  }
  const now = loop.clock.now();
  if (memory.baseFails?.asked !== asked) memory.baseFails = { asked, since: now };
  if (now - memory.baseFails.since < BASE_PATIENCE_MS) return false;
  memory.withoutBase = { asked, reason: WORDS.withoutBase(base.words) };
  return true;
}

function withoutBase(plan: PullPlan, reason: string): PullPlan {
  const { registration, refetchShare, notes } = plan;
  return sameAsked(plan, {
    ...plan,
    base: null,
    againShare: 0,
    registration: { ...registration, controlShare: refetchShare },
    notes: [...notes, noteOf(reason)],
  });
}

function noteOf(message: string): ComposeNote {
  return {
    file: ".shadow-infra.yml",
    line: 1,
    column: 1,
    key: "control",
    effect: "adjusted",
    code: "no-base",
    message,
  };
}
