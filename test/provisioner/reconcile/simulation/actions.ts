/** What can happen to a world: people, outages, accidents. Each is plain data, so that a failing sequence can be read. */
import fc from "fast-check";
import type { SimPull } from "./github.ts";
import type { World } from "./world.ts";

export type Action =
  | {
      readonly do: "pull";
      readonly which: number;
      readonly how: PullChange;
      readonly pick: number;
      readonly told: Told;
    }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "outage"; readonly of: Outage; readonly ms: number }
  | { readonly do: "restart"; readonly downMs: number }
  | { readonly do: "accident"; readonly which: number; readonly kind: Accident };

/** What becomes of the delivery that tells of a change. */
type Told = "at-once" | "late" | "twice" | "never";

const CHANGES = [
  "open",
  "push",
  "push",
  "push",
  "push-back",
  "close",
  "close",
  "reopen",
  "draft",
  "off",
  "keep",
  "retry",
  "stop",
  "approve",
  "approve",
  "approve-short",
  "approve-full",
  "approve-other",
  "approve-as-visitor",
  "label-approved",
  "label-approved-as-robot",
  "retarget",
  "image",
  "fork-gone",
] as const;
type PullChange = (typeof CHANGES)[number];

const OUTAGES = ["github", "repository", "report", "registry", "driver", "answers", "removals"] as const;
type Outage = (typeof OUTAGES)[number];

const ACCIDENTS = ["stack-dies", "base-fails", "stack-lost", "record-lost", "stray-stack", "stray-base"] as const;
type Accident = (typeof ACCIDENTS)[number];

/** Few commits, so that heads come back and two pull requests have the same one. Some are alike in their first seven digits. */
const COMMITS = [
  "0".repeat(7) + "1".repeat(33),
  "0".repeat(7) + "2".repeat(33),
  "1".repeat(12) + "3".repeat(28),
  "1".repeat(12) + "4".repeat(28),
  "5".repeat(40),
  "c".repeat(40),
  "e".repeat(40),
  "f".repeat(40),
  "8".repeat(40),
];
const BASES = ["0", "a1", "a2", "b1", "b2", "d1", "d2"].map((start) => start.padEnd(40, "9"));

export function actions(told: readonly Told[]): fc.Arbitrary<readonly Action[]> {
  const which = fc.nat(3);
  const pull = fc.record({
    do: fc.constant("pull" as const),
    which,
    how: fc.constantFrom(...CHANGES),
    pick: fc.nat(8),
    told: fc.constantFrom(...told),
  });
  const wait = fc.record({
    do: fc.constant("wait" as const),
    ms: fc.oneof(fc.nat(400), fc.nat(5_000), fc.nat(60_000)),
  });
  const outages = fc.record({
    do: fc.constant("outage" as const),
    of: fc.constantFrom(...OUTAGES),
    ms: fc.oneof(fc.nat(3_000), fc.nat(75_000), fc.nat(300_000)),
  });
  const restart = fc.record({
    do: fc.constant("restart" as const),
    downMs: fc.oneof(fc.constant(300), fc.nat(90_000)),
  });
  const accidents = fc.record({ do: fc.constant("accident" as const), which, kind: fc.constantFrom(...ACCIDENTS) });
  return fc.array(
    fc.oneof(
      { weight: 10, arbitrary: pull },
      { weight: 6, arbitrary: wait },
      { weight: 2, arbitrary: outages },
      { weight: 1, arbitrary: restart },
      { weight: 1, arbitrary: accidents },
    ),
    { minLength: 1, maxLength: 16, size: "max" },
  );
}

/** Does it, and lets it be told as it says. Outages end by themselves while time goes on. */
export async function act(world: World, action: Action): Promise<void> {
  switch (action.do) {
    case "wait":
      return world.time.advance(action.ms);
    case "outage":
      return outage(world, action.of, action.ms);
    case "restart":
      world.disturbed();
      world.kill();
      await world.time.advance(action.downMs);
      return world.revive();
    case "accident":
      return accident(world, world.pull(action.which), action.kind);
    case "pull":
      return change(world, world.pull(action.which), action);
  }
}

function change(world: World, pull: SimPull, { how, pick, told }: Extract<Action, { readonly do: "pull" }>): void {
  if (!pull.exists && how !== "image") open(world, pull, pick);
  else CHANGE_OF[how](world, pull, pick);
  pull.changedAt = world.time.now();
  const wake = () => world.wake(pull);
  if (told === "at-once" || told === "twice") wake();
  if (told !== "at-once" && told !== "never") void world.time.sleep(world.chance.below(5_000)).then(wake);
  if (how === "close" && told === "at-once") world.expectStop(pull);
}

function open(world: World, pull: SimPull, pick: number): void {
  pull.exists = true;
  pull.createdAt = world.github.at();
  pull.base = BASES[pick % BASES.length] ?? "";
  world.github.push(pull, commit(pick));
}

const CHANGE_OF: Readonly<Record<PullChange, (world: World, pull: SimPull, pick: number) => void>> = {
  open: (world, pull, pick) => {
    if (!pull.exists) open(world, pull, pick);
  },
  push: ({ github }, pull, pick) => github.push(pull, commit(pick)),
  "push-back": ({ github }, pull, pick) => github.push(pull, pull.heads[pick % pull.heads.length] ?? pull.sha),
  close: (_, pull) => {
    pull.state = "closed";
  },
  reopen: ({ github }, pull) => {
    if (pull.state === "closed") pull.reopenedAt = github.at();
    pull.state = "open";
  },
  draft: ({ github }, pull) => {
    pull.draft = !pull.draft;
    if (!pull.draft) pull.reopenedAt = github.at();
  },
  off: ({ github }, pull) => github.label(pull, "shadow-off", false),
  keep: ({ github }, pull) => github.label(pull, "shadow-keep", false),
  retry: ({ github }, pull, pick) => github.command(pull, "/shadow retry", pick > 1),
  stop: ({ github }, pull, pick) => github.command(pull, "/shadow stop", pick > 3),
  approve: ({ github }, pull) => github.command(pull, "/shadow approve-fork", true),
  "approve-short": ({ github }, pull) => github.command(pull, `/shadow approve-fork ${pull.sha.slice(0, 7)}`, true),
  "approve-full": ({ github }, pull) => github.command(pull, `/shadow approve-fork ${pull.sha}`, true),
  "approve-other": ({ github }, pull, pick) => github.command(pull, `/shadow approve-fork ${commit(pick)}`, true),
  "approve-as-visitor": ({ github }, pull) => github.command(pull, `/shadow approve-fork ${pull.sha}`, false),
  "label-approved": ({ github }, pull) => github.label(pull, "shadow-approved", true),
  "label-approved-as-robot": ({ github }, pull) => github.label(pull, "shadow-approved", false),
  retarget: (_, pull, pick) => {
    pull.base = BASES[pick % BASES.length] ?? "";
  },
  image: ({ images }) => void images.add(commit(6)),
  "fork-gone": (_, pull) => {
    pull.forkGone = pull.fork && !pull.forkGone;
  },
};

function commit(pick: number): string {
  return COMMITS[pick % COMMITS.length] ?? "";
}

function outage(world: World, of: Outage, ms: number): void {
  world.disturbed();
  world.outageUntil(world.time.now() + ms);
  const end = OUTAGE_OF[of](world);
  void world.time.sleep(ms).then(() => {
    world.disturbed();
    end();
  });
}

/** Begins it; what is returned ends it. */
const OUTAGE_OF: Readonly<Record<Outage, (world: World) => () => void>> = {
  github: ({ github }) => {
    github.up = false;
    return () => (github.up = true);
  },
  repository: ({ github }) => {
    github.hidden.add(1);
    return () => github.hidden.delete(1);
  },
  report: ({ report }) => {
    report.up = false;
    return () => (report.up = true);
  },
  registry: ({ report }) => {
    report.registryUp = false;
    return () => (report.registryUp = true);
  },
  driver: ({ driver }) => {
    driver.up = false;
    return () => (driver.up = true);
  },
  answers: ({ report }) => {
    report.losesAnswers = 0.3;
    return () => (report.losesAnswers = 0);
  },
  removals: ({ driver }) => {
    driver.removalFails = "a finalizer does not end";
    return () => (driver.removalFails = null);
  },
};

function accident({ driver, report, time }: World, { repoId, number }: SimPull, kind: Accident): void {
  const own = [...driver.stacks.values()].find((stack) => stack.repoId === repoId && stack.pr === number);
  const stray = {
    repoId,
    sha: "7".repeat(40),
    attempt: "",
    expiresAt: 0,
    readyAt: 0,
    removingUntil: null,
    idle: false,
    deadUntil: 0,
    failsUntil: 0,
  };
  switch (kind) {
    case "stack-dies":
      if (own !== undefined) own.deadUntil = time.now() + 60_000;
      return;
    case "base-fails":
      for (const stack of driver.stacks.values())
        if (stack.role === "base" && stack.repoId === repoId) stack.failsUntil = time.now() + 90_000;
      return;
    case "stack-lost":
      if (own !== undefined) driver.stacks.delete(own.name);
      return;
    case "record-lost":
      for (const [id, deployment] of report.deployments)
        if (deployment.repoId === repoId && deployment.pr === number) report.deployments.delete(id);
      return;
    case "stray-stack": {
      const name = `shadow-pr${number}-${repoId.toString(36)}-base`;
      if (!driver.stacks.has(name)) driver.stacks.set(name, { ...stray, name, pr: number, role: "base" });
      return;
    }
    case "stray-base": {
      const name = `shadow-base-${repoId.toString(36)}-${"7".repeat(12)}`;
      if (!driver.stacks.has(name)) driver.stacks.set(name, { ...stray, name, pr: null, role: "base" });
    }
  }
}
