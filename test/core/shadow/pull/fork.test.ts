import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PullFacts } from "../../../../core/shadow/pull/facts.ts";
import { APPROVAL_LABEL, forkStanding } from "../../../../core/shadow/pull/fork.ts";
import { comments, forkFacts, HEAD, pullFacts } from "./facts.ts";

function label(at: number, canWrite = true, name = APPROVAL_LABEL): Partial<PullFacts> {
  return { labels: [name], labelled: [{ name, by: "someone", at, canWrite }] };
}

describe("where the code comes from", () => {
  test("a branch of the repository itself needs no approval", () => {
    expect(forkStanding(pullFacts()).kind).toBe("own");
  });

  test("a fork that was deleted cannot run, approved or not", () => {
    const gone = pullFacts({ head: { sha: HEAD, ref: "change", repository: null }, ...label(2_000) });
    expect(forkStanding(gone).kind).toBe("gone");
  });
});

describe("a fork's commit is approved", () => {
  test.each<[string, Partial<PullFacts>]>([
    ["by the label, put there after it was announced", label(2_000)],
    ["by a comment after it was announced", { commands: comments(["/shadow approve-fork"]) }],
    ["by a comment with its first seven digits", { commands: comments([`/shadow approve-fork ${HEAD.slice(0, 7)}`]) }],
    [
      "by a comment with all its digits, whenever",
      { announcedAt: null, commands: comments([`/shadow approve-fork ${HEAD}`]) },
    ],
    ["although the branch was force-pushed to it", { rewrittenAt: 500, ...label(2_000) }],
  ])("%s", (_, some) => {
    expect(forkStanding(forkFacts(some)).kind).toBe("approved");
  });
});

describe("a fork's commit is not approved", () => {
  test.each<[string, Partial<PullFacts>]>([
    ["without anyone saying so", {}],
    ["by someone who may not write", { commands: comments([`/shadow approve-fork ${HEAD}`], { canWrite: false }) }],
    ["by a label of someone who may not write", label(2_000, false)],
    ["by another label", label(2_000, true, "approved")],
    ["by a label from before it was announced", label(500)],
    ["by a label of the very second in which it was announced", label(1_000)],
    ["by a label before anything was announced", { announcedAt: null, ...label(2_000) }],
    ["by a comment from before it was announced", { commands: comments(["/shadow approve-fork"], { from: 500 }) }],
    ["by a comment that names another", { commands: comments(["/shadow approve-fork fffffff"]) }],
    [
      "by a few digits before it was announced",
      { commands: comments(["/shadow approve-fork 0123456"], { from: 500 }) },
    ],
    ["by a label, when the branch was force-pushed after it was announced", { rewrittenAt: 1_500, ...label(2_000) }],
    ["by a label, when it was force-pushed away and back since", { rewrittenAt: 3_000, ...label(2_000) }],
    [
      "by few digits, when the branch was force-pushed since",
      { rewrittenAt: 1_500, commands: comments(["/shadow approve-fork 0123456"]) },
    ],
  ])("%s", (_, some) => {
    expect(forkStanding(forkFacts(some)).kind).toBe("unapproved");
  });
});

/** A branch as git knows it: a plain push goes to a commit never seen or ahead of the head, anything else takes force. */
type Event =
  | { readonly do: "push"; readonly depth: number }
  | { readonly do: "back"; readonly steps: number }
  | { readonly do: "forward" }
  | { readonly do: "announce" }
  | { readonly do: "approve"; readonly how: "label" | "comment" | "digits" | "all-digits" }
  | { readonly do: "tick" };

const EVENT: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ do: fc.constant("push" as const), depth: fc.nat(2) }),
  fc.record({ do: fc.constant("back" as const), steps: fc.nat(3) }),
  fc.record({ do: fc.constant("forward" as const) }),
  fc.record({ do: fc.constant("announce" as const) }),
  fc.record({
    do: fc.constant("approve" as const),
    how: fc.constantFrom("label" as const, "comment" as const, "digits" as const, "all-digits" as const),
  }),
  fc.record({ do: fc.constant("tick" as const) }),
);

/** Commits that all share their first 12 digits: somebody took the trouble. */
function shaOf(n: number): string {
  return "0123456789ab".padEnd(37, "0") + String(n).padStart(3, "0");
}

test("no order of pushes, force-pushes, announcements and approvals approves a commit that no approver saw", () => {
  fc.assert(
    fc.property(fc.array(EVENT, { maxLength: 40, size: "max" }), (events) => {
      // Commits lie on one line here; `tip` is the newest that was ever made, the head may be moved back and forth on it.
      let [head, tip, now] = [0, 0, 1_000];
      const announced = new Map<number, number>();
      const seen = new Set<number>();
      let facts = forkFacts({ announcedAt: null });
      for (const event of events) {
        if (event.do === "push") tip = head = tip + 1 + event.depth;
        if (event.do === "forward") head = Math.min(tip, head + 1);
        if (event.do === "back" && head - event.steps >= 0 && event.steps > 0) {
          head -= event.steps;
          facts = moved(facts, now);
        }
        if (event.do === "announce" && !announced.has(head)) announced.set(head, now);
        if (event.do === "approve") {
          seen.add(head);
          facts = approve(facts, { how: event.how, sha: shaOf(head), at: now });
        }
        if (event.do === "tick") now += 1_000;
        facts = standing(facts, shaOf(head), announced.get(head) ?? null);
        if (forkStanding(facts).kind === "approved") expect(seen.has(head)).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
});

const RUNS = 2_000;

function moved(facts: PullFacts, rewrittenAt: number): PullFacts {
  return { ...facts, rewrittenAt };
}

function standing(facts: PullFacts, sha: string, announcedAt: number | null): PullFacts {
  return { ...facts, announcedAt, head: { ...facts.head, sha } };
}

function approve(facts: PullFacts, { how, sha, at }: { how: string; sha: string; at: number }): PullFacts {
  if (how === "label") return { ...facts, labelled: [{ name: APPROVAL_LABEL, by: "maintainer", at, canWrite: true }] };
  const text = `/shadow approve-fork${how === "comment" ? "" : ` ${how === "digits" ? sha.slice(0, 7) : sha}`}`;
  const id = facts.commands.length + 1;
  return { ...facts, commands: [...facts.commands, { id, by: "maintainer", canWrite: true, at, text }] };
}
