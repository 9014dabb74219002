/**
 * GitHub, the report, a cluster and the loop between them, in virtual time. It watches what must never happen at any moment, knows
 * what should be the case in the end, and can kill the loop at any await and start another.
 */
import { desiredOf } from "../../../../core/shadow/pull/desired.ts";
import { stackNameOf, stampOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { createReconciler } from "../../../../infra/provisioner/reconcile/create.ts";
import type { ReconcilerParts } from "../../../../infra/provisioner/reconcile/parts.ts";
import type { Reconciler } from "../../../../infra/provisioner/reconcile/reconciler.ts";
import { repositorySettings } from "../../../../infra/provisioner/settings/repository.ts";
import { createChance } from "./chance.ts";
import { createTime } from "./clock.ts";
import { BASE_CRASHES, CRASHES, createSimDriver, HANGS, type SimStack } from "./driver.ts";
import { createSimGitHub, newPull, type SimPull } from "./github.ts";
import { PLAN_TTL_MS, planFor } from "./planner.ts";
import { createSimReport, type SimDeployment } from "./report.ts";
import { waitingUntruths } from "./waiting.ts";

const START = Date.UTC(2026, 0, 5);

/** Design: closing a pull request stops mirroring in that time. */
const STOP_LIMIT_MS = 10_000;

/** From reading GitHub to the first lease, with a slow cluster in between: a change of that moment may not have been seen. */
const BEGINS_WITHIN_MS = 15_000;

export interface WorldOptions {
  readonly seed: number;
  readonly maxStacks?: number;
  readonly idleAfterMs?: number;
  readonly ttlMs?: number;
  readonly startLimitMs?: number;
  readonly drafts?: boolean;
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(options: WorldOptions) {
  const chance = createChance(options.seed);
  const time = createTime(START);
  const violations: string[] = [];
  const violated = (words: string) => void violations.push(`${(time.now() - START) / 1_000} s: ${words}`);
  const pulls = [1, 2].flatMap((repoId) => [newPull(repoId, 1, false), newPull(repoId, 2, true)]);
  const github = createSimGitHub(time, chance, pulls);
  const images = new Set<string>();
  const planWorld = { images, ttlMs: options.ttlMs ?? PLAN_TTL_MS };
  const report = createSimReport(time, chance, granted);
  const driver = createSimDriver(time, chance, { changing, violated });
  const log: string[] = [];
  let process = time.process();
  let reconciler = start();

  function pullOf({ repoId, pr }: { readonly repoId: number; readonly pr: number }): SimPull | undefined {
    return pulls.find((pull) => pull.repoId === repoId && pull.number === pr);
  }

  function leasedOf(repoId: number, pr: number): readonly SimDeployment[] {
    return [...report.deployments.values()].filter(
      (deployment) => deployment.repoId === repoId && deployment.pr === pr && report.isLeased(deployment),
    );
  }

  /** Whenever a lease is begun or renewed. */
  function granted(deployment: SimDeployment, isFirst: boolean): void {
    const { repoId, pr, sha, id } = deployment;
    if (leasedOf(repoId, pr).some((other) => other.sha !== sha))
      violated(`two commits of ${repoId}/${pr} are leased at once`);
    const pull = pullOf(deployment);
    if (pull?.fork === true && !pull.seenAndApproved.has(sha))
      violated(`${id} is leased, a fork's commit nobody approved`);
    const isHead = pull?.state === "open" && pull.sha === sha;
    if (isFirst && !isHead && time.now() - (pull?.changedAt ?? 0) > BEGINS_WITHIN_MS)
      violated(`${id} begins to get traffic although it is not the head`);
    const stack = driver.stacks.get(stackNameOf({ repoId, pr, role: "shadow", sha }));
    if (stack !== undefined && stack.sha !== sha) violated(`${id} is leased while another commit runs`);
  }

  /** Whenever a stack is changed or removed. */
  function changing(stack: SimStack, how: string): void {
    const uses = ({ repoId, pr, body }: SimDeployment) =>
      stack.role === "base"
        ? body.base?.deploymentId === stampOf({ ...stack, role: "base" })
        : repoId === stack.repoId && pr === stack.pr;
    const users = [...report.deployments.values()].filter(uses);
    const leased = users.filter((deployment) => report.isLeased(deployment));
    if (leased.length > 0) violated(`${how} of ${stack.name} while ${leased.map(({ id }) => id).join()} gets traffic`);
  }

  /** One process of the provisioner: what it has asked when it dies takes effect, what it would do next does not happen. */
  function start(): Reconciler {
    process = time.process();
    const { clock } = process;
    const mine = process;
    let alive = true;
    const kill = mine.kill;
    process = {
      clock,
      kill: () => {
        alive = false;
        kill();
        driver.callersDied();
      },
    };
    const never = new Promise<never>(() => undefined);
    const ofProcess = <T extends object>(port: T): T => {
      const functions = new Map<string | symbol, unknown>();
      return new Proxy(port, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== "function") return value;
          const known = functions.get(name);
          if (known !== undefined) return known;
          const call = async (...given: readonly unknown[]) => {
            if (!alive) return never;
            try {
              const answer: unknown = await Reflect.apply(value, target, given);
              return alive ? answer : await never;
            } catch (error) {
              if (!alive) return never;
              throw error;
            }
          };
          functions.set(name, call);
          return call;
        },
      });
    };
    const settings = {
      report: { origin: "https://report.example.com", serviceToken: "service", headers: {} },
      maxStacks: options.maxStacks ?? 100,
      startLimitMs: options.startLimitMs ?? 10 * 60_000,
      idleAfterMs: options.idleAfterMs ?? 1e12,
      pagesOrigin: null,
    };
    const parts: ReconcilerParts = {
      github: ofProcess(github),
      report: ofProcess(report),
      planner: async (question) => {
        await github.repositories();
        if (!alive) return never;
        return planFor(question, planWorld);
      },
      drivers: [ofProcess(driver)],
      settings: {
        ...settings,
        repositories: new Map([1, 2].map((id) => [id, served(id, options.drafts)])),
      },
      clock,
      random: chance.next,
      log: { info: note, warn: note, error: note },
    };
    const made = createReconciler(parts);
    made.start();
    return made;
  }

  function note(fields: Readonly<Record<string, unknown>>, words: string): void {
    log.push(`${(time.now() - START) / 1_000} s: ${words} ${JSON.stringify(fields)}`);
  }

  /** What is wrong with how things stand now, were everything to stay as it is. */
  function untruths(): readonly string[] {
    const wrong: string[] = [];
    const bases = new Set<string>();
    const stacks = new Set<string>();
    for (const pull of pulls) wrong.push(...untruthsOf(pull, bases, stacks));
    for (const name of driver.stacks.keys()) if (!bases.has(name) && !stacks.has(name)) wrong.push(`${name} is left`);
    for (const name of bases) if (!driver.stacks.has(name)) wrong.push(`${name} is missing`);
    return wrong;
  }

  function untruthsOf(pull: SimPull, bases: Set<string>, stacks: Set<string>): readonly string[] {
    const { repoId, number, exists } = pull;
    const name = `${repoId}/${number}`;
    const records = [...report.deployments.values()].filter(
      (deployment) => deployment.repoId === repoId && deployment.pr === number && deployment.state !== "closed",
    );
    const leased = leasedOf(repoId, number);
    const facts = github.facts(pull);
    const desired = desiredOf(facts, { drafts: options.drafts ?? false, now: time.now() });
    const planned =
      exists && desired.kind === "run"
        ? planFor({ pull: facts, since: desired.since, attempt: desired.attempt }, planWorld)
        : null;
    if (exists && desired.kind === "wait" && desired.code === "fork-unapproved")
      return waitingUntruths(pull, records, leased.length);
    const isExpired =
      planned?.ok === true && planned.plan.shadow.expiresAt <= time.now() && !(desired.kind === "run" && desired.keep);
    if (planned === null || desired.kind !== "run" || isExpired)
      return [
        ...records.map(({ id, state }) => `${name} has ${id} ${state}, and should have none`),
        ...leased.map(({ id }) => `${name} has ${id} leased, and should have none`),
      ];
    const [record] = records;
    if (record === undefined || records.length > 1 || record.sha !== desired.sha)
      return [`${name} has ${records.map(({ id }) => id).join() || "nothing"} instead of ${desired.sha.slice(0, 12)}`];
    const crashes = planned.ok && (desired.sha.startsWith(CRASHES) || desired.sha.startsWith(HANGS));
    const state = planned.ok ? (crashes ? "failed" : "ready") : planned.kind === "refused" ? "failed" : "pending";
    const wrong = record.state === state ? [] : [`${name} is ${record.state} instead of ${state}`];
    if (leased.length !== (state === "ready" ? 1 : 0)) wrong.push(`${name} is ${state} with ${leased.length} leases`);
    const shadow = stackNameOf({ repoId, pr: number, role: "shadow", sha: desired.sha });
    // While an image is waited for, what ran before may stay: it is changed in place when the image is there.
    if (!planned.ok && planned.kind === "waiting") {
      stacks.add(shadow).add(`${shadow}-base`);
      for (const base of driver.stacks.values()) if (base.pr === null && base.repoId === repoId) stacks.add(base.name);
    }
    if (!planned.ok) return wrong;
    stacks.add(shadow);
    wrong.push(...baseUntruths(planned.plan.base, record, bases));
    const stack = driver.stacks.get(shadow);
    if (stack?.sha !== desired.sha || stack.attempt !== desired.attempt)
      wrong.push(`${shadow} runs ${stack?.sha.slice(0, 4)}`);
    return wrong;
  }

  /** A base that failed may have been given up, and one that always fails has to be, once its shadow runs. */
  function baseUntruths(base: StackSpec | null, record: SimDeployment, bases: Set<string>): readonly string[] {
    if (base === null) return [];
    const name = stackNameOf(base.identity);
    const registered = record.body.base ?? null;
    if (record.state === "ready" && registered === null && !driver.failedBases.has(name))
      return [`${record.id} has no base, which never failed`];
    if (record.state === "ready" && registered !== null && base.identity.sha.startsWith(BASE_CRASHES))
      return [`${record.id} has a base that crashes`];
    if (registered !== null) bases.add(name);
    // Of a shadow that does not run, a base is there or was given up.
    else if (record.state !== "ready" && driver.stacks.has(name)) bases.add(name);
    return [];
  }

  /** Closings that were told of, while everything answers: ten seconds later nothing may be mirrored. */
  let stops: readonly { readonly pull: SimPull; disturbed: boolean }[] = [];

  function expectStop(pull: SimPull): void {
    const isQuiet =
      github.up && github.hidden.size === 0 && report.up && report.registryUp && driver.up && report.losesAnswers === 0;
    if (!isQuiet) return;
    const stop = { pull, disturbed: false };
    stops = [...stops, stop];
    void time.sleep(STOP_LIMIT_MS).then(() => {
      stops = stops.filter((other) => other !== stop);
      if (!stop.disturbed && pull.state === "closed" && leasedOf(pull.repoId, pull.number).length > 0)
        violated(`${pull.repoId}/${pull.number} gets traffic 10 s after it was closed`);
    });
  }

  let quietAt = START;

  return {
    expectStop,
    /** Outages end by themselves: what holds during one may not hold after it. */
    outageUntil: (at: number) => {
      quietAt = Math.max(quietAt, at);
    },
    isQuiet: () => time.now() > quietAt,
    disturbed: () => {
      for (const stop of stops) stop.disturbed = true;
    },
    pull: (which: number): SimPull => pulls[which % pulls.length] ?? newPull(0, 0, false),
    wake: ({ repoId, number }: SimPull) => reconciler.wake({ kind: "pull", repoId, pr: number }),
    time,
    chance,
    github,
    report,
    driver,
    images,
    log,
    pulls,
    violations,
    violated,
    untruths,
    leasedOf,
    seconds: () => (time.now() - START) / 1_000,
    loop: () => reconciler,
    restart: () => {
      process.kill();
      reconciler = start();
    },
    kill: () => process.kill(),
    revive: () => {
      reconciler = start();
    },
  };
}

function served(id: number, drafts = false) {
  return repositorySettings({ id, fullName: `acme/shop${id}`, hosts: ["shop.example.com"], drafts });
}
