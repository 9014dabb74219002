/**
 * Starting a stack from nothing: what another content left is taken down with its data -> services -> seed -> gateway -> its stamp.
 * The gateway comes last, so one that is there says that the seed has run, also to a provisioner that was started anew meanwhile.
 */
import { stampOf } from "../../../../core/shadow/stack/identity.ts";
import type { Lasting } from "../../../../core/shadow/stack/order.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { ComposeRun } from "./compose-cli.ts";
import type { EngineContainer } from "./engine-forms.ts";
import { answers, gatewayAt, hasGateway, originOf } from "./gateway.ts";
import { CONTENT, SERVICE, STACK } from "./labels.ts";
import type { LabelledProject } from "./project.ts";
import { isSound, standingOf } from "./standing.ts";
import { failureOf, lastLines, type Start, type StartFailure, type StartParts, tooLate } from "./start-failure.ts";

/** Containers that are to run again get this long to write down what they have. */
export const STOP_SECONDS = 5;
/** Those that are removed with their data get this long to end by themselves, one behind the other: nothing in them is worth more. */
export const REMOVE_SECONDS = 1;

/** An engine has started a service that crashes again often enough to be sure in 20 s. */
const CRASH_LOOKS = 80;
/** A gateway starts in a second, on a busy machine in ten. */
const PROBES = 120;
const PROBE_PAUSE_MS = 250;

/** Rejects with `DriverUnavailable` where engine or compose cannot be reached. */
export async function start(parts: StartParts, asked: Start): Promise<StartFailure | null> {
  const { engine } = parts;
  const { name, project, signal, spec } = asked;
  const there = await engine.containers(`${STACK}=${name}`, signal);
  const kept = isOf(there, project) && !hasForgotten(there, spec);
  if (!kept)
    await compose(parts, asked, ["down", "--volumes", "--remove-orphans", "--timeout", String(REMOVE_SECONDS)]);
  const seed = spec.workload.kind === "compose" ? spec.workload.seed : null;
  const steps: readonly (() => Promise<StartFailure | null>)[] = [
    () => up(parts, asked, namesOf(project, ["server"])),
    () => jobs(parts, asked),
    // Where the gateway was there and is kept, the seed has run before.
    () => (seed === null || kept ? passed() : seeded(parts, asked, seed)),
    () => gateway(parts, asked),
    () => stamped(parts, asked),
  ];
  for (const step of steps) {
    const failure = await untilLimit(step, signal);
    if (failure !== null) return failure;
    if (signal.aborted) return tooLate(parts, asked);
  }
  return null;
}

/** Whatever a step was asking when the time was up or something newer came has been cut short: no failure of the step. */
async function untilLimit(step: () => Promise<StartFailure | null>, signal: AbortSignal): Promise<StartFailure | null> {
  try {
    return await step();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** Whether what runs is this content's, complete or stopped; anything else is begun from nothing. */
function isOf(containers: readonly EngineContainer[], project: LabelledProject): boolean {
  return (
    hasGateway(containers, project) &&
    containers.every(({ Config: { Labels } }) => Labels?.[CONTENT] === project.content)
  );
}

/** What a service wrote to memory went when it was stopped: with it what the seed wrote, so all of it begins anew. */
function hasForgotten(containers: readonly EngineContainer[], { workload }: StackSpec): boolean {
  if (workload.kind !== "compose" || workload.seed === null) return false;
  const inMemory = workload.project.services.filter(({ mounts }) => mounts.some(({ kind }) => kind === "tmpfs"));
  return containers.some(
    ({ Config: { Labels }, State }) =>
      State.Status !== "running" && inMemory.some(({ name }) => name === Labels?.[SERVICE]),
  );
}

async function passed(): Promise<null> {
  return null;
}

function compose(
  { compose: cli }: StartParts,
  { name, project, signal }: Start,
  args: readonly string[],
): Promise<ComposeRun> {
  return cli.run(["--project-name", name, "--file", "-", ...args], project.text, signal);
}

async function up(parts: StartParts, asked: Start, services: readonly string[]): Promise<StartFailure | null> {
  if (services.length === 0) return null;
  const seconds = String(Math.ceil(parts.startLimitMs / 1000));
  const run = await compose(parts, asked, [
    "up",
    "--detach",
    "--no-build",
    "--quiet-pull",
    // What is stopped is woken as it is, with what it wrote, also where its label says another time to live by now.
    "--no-recreate",
    "--wait",
    "--wait-timeout",
    seconds,
    ...services,
  ]);
  if (run.code === 0) return null;
  return (await crashOf(parts, asked, services)) ?? failureOf(parts, asked, run.stderr);
}

/** Those that others await have run by now. `--wait` takes the end of the rest for a failure, so they are watched here. */
async function jobs(parts: StartParts, asked: Start): Promise<StartFailure | null> {
  const { project, name, signal } = asked;
  const names = namesOf(project, ["may-end", "must-end"]);
  if (names.length === 0) return null;
  const run = await compose(parts, asked, ["up", "--detach", "--no-build", "--quiet-pull", "--no-recreate", ...names]);
  if (run.code !== 0) return failureOf(parts, asked, run.stderr);
  while (!signal.aborted) {
    const standing = standingOf(
      await parts.engine.containers(`${STACK}=${name}`, signal),
      project.expected,
      Date.now(),
    );
    if (standing.failed !== null) return failureOf(parts, asked, "");
    if (standing.complete) return null;
    await pause(PROBE_PAUSE_MS);
  }
  return null;
}

function namesOf({ expected }: LabelledProject, kinds: readonly Lasting[]): readonly string[] {
  return Object.entries(expected)
    .filter(([, { lasting }]) => kinds.includes(lasting))
    .map(([name]) => name);
}

async function seeded(parts: StartParts, asked: Start, seed: string): Promise<StartFailure | null> {
  const { workload } = asked.spec;
  if (workload.kind !== "compose") return null;
  const run = await compose(parts, asked, ["exec", "-T", workload.entry.service, "/bin/sh", "-c", seed]);
  if (run.code === 0 || asked.signal.aborted) return null;
  const crash = await crashOf(parts, asked, [workload.entry.service]);
  if (crash !== null) return crash;
  const log = lastLines(`${run.stdout}${run.stderr}`);
  return {
    failure: "seed-failed",
    words: `The seed command ended with code ${run.code} in the service "${workload.entry.service}".`,
    log,
  };
}

/** What is done to a service fails while it crashes: then that is what failed. Null: none of them does. */
async function crashOf(parts: StartParts, asked: Start, services: readonly string[]): Promise<StartFailure | null> {
  const { project, name, signal } = asked;
  for (let look = 0; look < CRASH_LOOKS && !signal.aborted; look += 1) {
    const containers = await parts.engine.containers(`${STACK}=${name}`, signal);
    if (standingOf(containers, project.expected, Date.now()).failed !== null) return failureOf(parts, asked, "");
    const own = containers.filter(({ Config: { Labels } }) => services.includes(Labels?.[SERVICE] ?? ""));
    if (own.every(isSound)) return null;
    await pause(PROBE_PAUSE_MS);
  }
  return null;
}

/** Not waited for: its health is looked at every few seconds, and whether it answers is seen sooner by asking. */
async function gateway(parts: StartParts, asked: Start): Promise<StartFailure | null> {
  const { project } = asked;
  const args = ["up", "--detach", "--no-build", "--quiet-pull", "--no-recreate", "--no-deps", project.gateway];
  const run = await compose(parts, asked, args);
  return run.code === 0 ? null : failureOf(parts, asked, run.stderr);
}

/** The gateway has to answer, in this stack's name; and the app behind it has to listen, which may take as long as any start. */
async function stamped(parts: StartParts, asked: Start): Promise<StartFailure | null> {
  const { name, project, signal, spec } = asked;
  const stamp = stampOf(spec.identity);
  let isThere = false;
  for (let probe = 0; (isThere || probe < PROBES) && !signal.aborted; probe += 1) {
    const origin = originOf(await parts.engine.containers(`${STACK}=${name}`, signal), project);
    const answer = origin === null ? null : await gatewayAt(origin);
    isThere = answer?.stamp === stamp;
    if (answer !== null && answers(answer, spec)) return null;
    await pause(PROBE_PAUSE_MS);
  }
  if (signal.aborted) return null;
  return { failure: "unhealthy", words: "The stack runs, and its gateway does not answer with its stamp.", log: null };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
