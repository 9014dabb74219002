/**
 * The trials: first every scenario without a fault, to learn which statements it runs; then each statement with a fault before
 * it, in the scenarios that run it, once and every time. A client's reply must be what production alone answers.
 */
import { randomUUID } from "node:crypto";
import { differenceOf, type Reply, send } from "./client.ts";
import type { Statement } from "./instrument.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import type { Stand } from "./stand.ts";

/** Trials under way at once: they wait for each other's network more than for the processor. */
const AT_ONCE = 10;

export const MODES = ["once", "always"] as const;
export type Mode = (typeof MODES)[number];

/** A client that noticed. */
export interface Breach {
  readonly statement: Statement;
  readonly scenario: string;
  readonly mode: Mode;
  readonly what: string;
  readonly before: Statement | undefined;
}

export interface Trials {
  readonly statements: readonly Statement[];
  /** Statements that nothing runs, with a fault elsewhere or without. */
  readonly neverHit: readonly Statement[];
  /** Statements that run only after a fault of another one; their own fault is the second of a trial. */
  readonly afterFault: readonly Statement[];
  readonly trials: number;
  readonly breaches: readonly Breach[];
  /** Of trials with two faults, a second one where the tee recovers from the first. */
  readonly doubleBreaches: readonly Breach[];
  /** Statements whose fault only the platform's own net caught, so that production was still asked. */
  readonly netted: readonly Statement[];
  /** Statements whose fault, thrown once, leaves the counters exact, and those where it does not. */
  readonly exact: readonly Statement[];
  readonly inexact: readonly Statement[];
  /** Scenarios that differ without any fault: then the comparison itself says nothing. */
  readonly unequal: readonly string[];
}

/** Files of the way to the client, where a fault that stays meets the rescue as well. */
const CLIENTS_WAY = /tee\/(index|prod\/.*|mirror\/(visit|follow)|routing\/host)\.ts$/;

export interface TrialOptions {
  /** At most so many scenarios per statement. */
  readonly scenariosEach: number;
  /** `always` everywhere, or only on the way to the client. */
  readonly alwaysEverywhere: boolean;
  /** Look at the counters after each trial, too. */
  readonly ledger: boolean;
  readonly say?: (text: string) => void;
}

interface Learned {
  readonly wanted: ReadonlyMap<Scenario, Reply>;
  readonly hits: ReadonlyMap<Scenario, ReadonlySet<number>>;
  readonly unequal: readonly string[];
}

export async function runTrials(stand: Stand, options: TrialOptions): Promise<Trials> {
  const learned = await learn(stand);
  const statements = stand.statements.filter(({ atStart }) => !atStart);
  const run = (jobs: readonly Job[]): Promise<readonly Result[]> => {
    options.say?.(`${jobs.length} trials`);
    return inTurns(jobs, (job) => tried(stand, job, { learned, ledger: options.ledger }));
  };
  const first = await run(singleFaults(statements, learned.hits, options));
  const second = await run(doubleFaults(statements, learned.hits, first));
  return { ...summary([...first, ...second]), ...coverage(statements, learned.hits, second), unequal: learned.unequal };
}

type Hits = Learned["hits"];

function singleFaults(statements: readonly Statement[], hits: Hits, options: TrialOptions): readonly Job[] {
  const { scenariosEach, alwaysEverywhere } = options;
  const modesOf = ({ file }: Statement): readonly Mode[] =>
    alwaysEverywhere || CLIENTS_WAY.test(file) ? MODES : ["once"];
  return statements.flatMap((statement) => {
    const hitBy = SCENARIOS.filter((one) => hits.get(one)?.has(statement.n) === true).slice(0, scenariosEach);
    return hitBy.flatMap((scenario) =>
      modesOf(statement).map((mode) => ({ statement, scenario, mode, before: undefined })),
    );
  });
}

/** Statements that only ran because of a fault elsewhere get one of their own after it. */
function doubleFaults(statements: readonly Statement[], hits: Hits, first: readonly Result[]): readonly Job[] {
  const known = new Set([...hits.values()].flatMap((one) => [...one]));
  return statements.flatMap((statement): readonly Job[] => {
    if (known.has(statement.n)) return [];
    const cause = first.find(({ job, hit }) => job.mode === "once" && hit.has(statement.n));
    return cause === undefined ? [] : [{ ...cause.job, statement, before: cause.job.statement }];
  });
}

type Coverage = Pick<Trials, "statements" | "neverHit" | "afterFault">;

function coverage(statements: readonly Statement[], hits: Hits, second: readonly Result[]): Coverage {
  const afterFault = second.map(({ job }) => job.statement);
  const hit = new Set([...[...hits.values()].flatMap((one) => [...one]), ...afterFault.map(({ n }) => n)]);
  return { statements, afterFault, neverHit: statements.filter(({ n }) => !hit.has(n)) };
}

function summary(results: readonly Result[]): Omit<Trials, keyof Coverage | "unequal"> {
  const of = (picked: (result: Result) => boolean): readonly Statement[] => [
    ...new Set(results.filter(picked).map(({ job }) => job.statement)),
  ];
  const inexact = of(({ isExact }) => isExact === false);
  return {
    trials: results.length,
    breaches: breachesOf(results.filter(({ job }) => job.before === undefined)),
    doubleBreaches: breachesOf(results.filter(({ job }) => job.before !== undefined)),
    netted: of(({ netted }) => netted),
    exact: of(({ isExact }) => isExact === true).filter((one) => !inexact.includes(one)),
    inexact,
  };
}

function breachesOf(results: readonly Result[]): readonly Breach[] {
  return results.flatMap(({ job, what }) =>
    what === undefined ? [] : [{ ...job, scenario: job.scenario.name, what }],
  );
}

/** Production's own answers, by a Worker that only passes on, and what runs in a tee without a fault. */
async function learn(stand: Stand): Promise<Learned> {
  const wanted = new Map<Scenario, Reply>();
  const hits = new Map<Scenario, ReadonlySet<number>>();
  const unequal: string[] = [];
  await inTurns(SCENARIOS, async (scenario) => {
    const { reply: alone } = await send(stand.port, scenario, "passthrough");
    const id = randomUUID();
    await stand.create({ id, kind: scenario.kind, faults: [], always: false, warm: scenario.cold !== true });
    const { reply } = await sendAll(stand, scenario, id);
    await settled();
    const { hit } = await stand.outcome(id);
    await stand.remove(id);
    const expected = isOwnGateway(scenario, reply) ? reply : alone;
    const difference = differenceOf(reply, expected);
    if (difference !== undefined) unequal.push(`${scenario.name}: ${difference}`);
    wanted.set(scenario, expected);
    hits.set(scenario, new Set(hit));
  });
  return { wanted, hits, unequal };
}

/** With an address in the settings there is nothing behind the tee: where production is down, it answers for the gateway. */
function isOwnGateway(scenario: Scenario, reply: Reply): boolean {
  return productionIsDown(scenario) && scenario.kind.origin !== undefined && reply.status >= 500;
}

function productionIsDown({ host, kind }: Scenario): boolean {
  return host.startsWith("down.") || kind.origin?.includes("//down.") === true;
}

interface Job {
  readonly statement: Statement;
  readonly scenario: Scenario;
  readonly mode: Mode;
  /** A fault that comes first and brings this one about. */
  readonly before: Statement | undefined;
}

interface Result {
  readonly job: Job;
  readonly what: string | undefined;
  readonly hit: ReadonlySet<number>;
  readonly netted: boolean;
  /** Undefined where the counters were not looked at. */
  readonly isExact: boolean | undefined;
}

interface Around {
  readonly learned: Learned;
  readonly ledger: boolean;
}

async function tried(stand: Stand, job: Job, { learned, ledger }: Around): Promise<Result> {
  const { statement, scenario, mode, before } = job;
  const id = randomUUID();
  const { kind, cold = false } = scenario;
  const faults = before === undefined ? [statement.n] : [before.n, statement.n];
  await stand.create({ id, kind, faults, always: mode === "always", warm: !cold });
  const { reply, probe } = await sendAll(stand, scenario, id);
  const what = noticed(scenario, reply, learned.wanted.get(scenario)) ?? repeated(scenario, stand.origins.asked(probe));
  const looks =
    ledger && before === undefined && mode === "once" && kind.registry === undefined && kind.origin === undefined;
  if (looks) await settled();
  const { netted, hit } = await stand.outcome(id);
  const isExact = looks ? await countersAreExact(stand, job, id) : undefined;
  await stand.remove(id);
  return { job, what, hit: new Set(hit), netted: netted > 0, isExact };
}

function noticed(scenario: Scenario, reply: Reply, wanted: Reply | undefined): string | undefined {
  if (wanted === undefined) return "nothing to compare with";
  return isOwnGateway(scenario, reply) ? undefined : differenceOf(reply, wanted);
}

/** An upload that comes twice does something twice. Where production breaks off, the platform itself asks again. */
function repeated(scenario: Scenario, asked: number): string | undefined {
  if (productionIsDown(scenario) || (scenario.method ?? "GET") === "GET") return undefined;
  return asked === 1 ? undefined : `production was asked ${asked} times`;
}

/** All of a scenario's requests at once; the first one's reply counts. */
async function sendAll(stand: Stand, scenario: Scenario, id: string): Promise<{ reply: Reply; probe: string }> {
  const others = Array.from({ length: (scenario.times ?? 1) - 1 }, () => send(stand.port, scenario, id));
  const first = await send(stand.port, scenario, id);
  await Promise.all(others);
  if (scenario.late === true) await stand.late(id);
  return first;
}

/** Requests that the client has sent, against what the tee says became of them. */
async function countersAreExact(stand: Stand, { scenario }: Job, id: string): Promise<boolean> {
  const { report } = await stand.report(id);
  if (report === null) return false;
  const requests = (scenario.times ?? 1) + (scenario.cold === true ? 0 : 1) + (scenario.late === true ? 1 : 0);
  const counters = Object.values(report.deployments);
  const ends = counters.map(({ sampled, sent, equal, skipped, dropped }) => {
    const reasons = [...Object.values(skipped), ...Object.values(dropped)].reduce((sum, count) => sum + count, 0);
    return sampled === sent + equal + reasons;
  });
  const seen = counters.map((one) => one.seen + report.unrouted);
  return ends.every(Boolean) && (seen.length > 0 ? seen : [report.unrouted]).every((all) => all === requests);
}

/** Time for the background of a request to be done; nothing in it is slow. */
const SETTLE_MS = 40;
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

async function inTurns<T, R>(jobs: readonly T[], run: (job: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let job = jobs[next]; job !== undefined; job = jobs[next]) {
      next += 1;
      results.push(await run(job));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
