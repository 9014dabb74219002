/**
 * The driver for one machine with a container engine. docker compose gets the sanitised project, never a repository's own file. It works
 * for minutes at a time, so it works beside the loop: `ensure` starts what is missing, and says how far it has come.
 */

import { MANAGED_BY, MANAGER } from "../../../../core/shadow/kubernetes/labels.ts";
import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { type Driver, DriverUnavailable, type FoundStack, type StackFailure, type StackStanding } from "../driver.ts";
import type { ComposeCli } from "./compose-cli.ts";
import type { Engine } from "./engine.ts";
import { answers, gatewayAt, hasGateway, originOf } from "./gateway.ts";
import { CONTENT, STACK, stackIn } from "./labels.ts";
import { type DockerProjectOf, type LabelledProject, labelled } from "./project.ts";
import { imagesOf, type ServicesStanding, standingOf } from "./standing.ts";
import { REMOVE_SECONDS, STOP_SECONDS, start } from "./start.ts";
import type { StartFailure } from "./start-failure.ts";

export interface DockerDriverParts {
  readonly engine: Engine;
  readonly compose: ComposeCli;
  readonly projectOf: DockerProjectOf;
  readonly startLimitMs: number;
}

/** A start that runs or has ended. */
interface Work {
  readonly content: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  outcome: "running" | "started" | StartFailure | DriverUnavailable;
}

interface Around extends DockerDriverParts {
  readonly starts: Map<string, Work>;
  readonly removals: Map<string, Promise<void>>;
}

/** How long one call waits for what it has begun, so that quick things are done in one step. */
const PATIENCE_MS = 1_000;

/** Our names, and nothing that could be somebody else's project. */
const OUR_NAME = /^shadow-[a-z0-9-]{1,80}$/;

export function dockerDriver(parts: DockerDriverParts): Driver {
  const around: Around = { ...parts, starts: new Map(), removals: new Map() };
  return {
    name: "docker",
    ensure: (spec, signal) => ensure(around, spec, signal),
    idle: async (spec, signal) => {
      const name = stackNameOf(spec.identity);
      await forget(around, name);
      await succeeds(around, ["--project-name", name, "stop", "--timeout", String(STOP_SECONDS)], signal);
    },
    remove: (name, signal) => remove(around, name, signal),
    list: (signal) => list(around, signal),
    images: async (identity, signal) => {
      const containers = await parts.engine.containers(`${STACK}=${stackNameOf(identity)}`, signal);
      return imagesOf(containers, identity.sha);
    },
  };
}

async function ensure(around: Around, spec: StackSpec, signal: AbortSignal): Promise<StackStanding> {
  const model = around.projectOf(spec);
  if (!model.ok)
    return {
      state: "failed",
      failure: "config-error",
      words: model.detail ?? model.reason,
      log: null,
      services: [],
      podSecurity: null,
    };
  const name = stackNameOf(spec.identity);
  const project = labelled(spec, model.value, await around.engine.apiVersion(signal));
  await around.removals.get(name);
  const known = around.starts.get(name);
  if (known !== undefined && known.content !== project.content) await forget(around, name);
  const containers = await around.engine.containers(`${STACK}=${name}`, signal);
  const own = containers.filter(({ Config: { Labels } }) => Labels?.[CONTENT] === project.content);
  const standing = standingOf(own, project.expected, Date.now());
  const work = around.starts.get(name);
  const origin = originOf(own, project);
  const isWhole = standing.complete && hasGateway(own, project) && own.length === containers.length;
  if (isWhole && origin !== null && (await isUp({ work, origin, spec }))) return ready(standing, origin);
  if (work === undefined) return begun(around, { name, spec, project }, standing);
  return standingWhile(around, { name, work }, standing);
}

interface Whole {
  readonly work: Work | undefined;
  readonly origin: string;
  readonly spec: StackSpec;
}

/** A start that went well is believed. After one that did not, or that nobody here saw, the stack is asked: it may have come right. */
async function isUp({ work, origin, spec }: Whole): Promise<boolean> {
  if (work?.outcome === "started") return true;
  return work?.outcome !== "running" && answers(await gatewayAt(origin), spec);
}

function ready({ services }: ServicesStanding, origin: string): StackStanding {
  return { state: "ready", origin, stamped: true, services, podSecurity: null };
}

interface Begin {
  readonly name: string;
  readonly spec: StackSpec;
  readonly project: LabelledProject;
}

async function begun(
  around: Around,
  { name, spec, project }: Begin,
  standing: ServicesStanding,
): Promise<StackStanding> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(around.startLimitMs)]);
  const outcome = start(around, { name, spec, project, signal }).then(
    (failure) => failure ?? ("started" as const),
    (error: unknown) => (error instanceof DriverUnavailable ? error : new DriverUnavailable(String(error))),
  );
  const work: Work = {
    content: project.content,
    stop,
    outcome: "running",
    ended: outcome.then((result) => {
      work.outcome = result;
    }),
  };
  around.starts.set(name, work);
  await Promise.race([work.ended, pause(PATIENCE_MS)]);
  return progressing(standing);
}

async function standingWhile(
  { starts, engine }: Pick<Around, "starts" | "engine">,
  { name, work }: { readonly name: string; readonly work: Work },
  standing: ServicesStanding,
): Promise<StackStanding> {
  const { outcome } = work;
  if (outcome === "running") {
    // docker compose waits for a service that crashes and is started again as long as it is let.
    if (standing.failed === null || !isFinal(standing.failed.failure)) return progressing(standing);
    work.stop.abort();
    await work.ended;
    work.outcome = "started";
    return standingWhile({ starts, engine }, { name, work }, standing);
  }
  if (outcome instanceof DriverUnavailable) {
    // Nothing is known of what it did: the next call looks and begins anew.
    starts.delete(name);
    throw outcome;
  }
  const { services, failed } = standing;
  if (outcome !== "started") return { state: "failed", ...outcome, services, podSecurity: null };
  if (failed === null) {
    // Somebody stopped it: the next call starts it again.
    if (services.some(({ state }) => state === "idle" || state === "waiting")) starts.delete(name);
    return progressing(standing);
  }
  const log = await engine.logs(failed.id, 40, AbortSignal.timeout(PATIENCE_MS * 10));
  return { state: "failed", failure: failed.failure, words: failed.words, log, services, podSecurity: null };
}

/** What no waiting mends; a health check that fails may still come right. */
function isFinal(failure: StackFailure): boolean {
  return failure === "crash-loop" || failure === "config-error" || failure === "dependency-failed";
}

function progressing({ services }: ServicesStanding): StackStanding {
  const open = services.filter(({ state }) => state !== "ready" && state !== "done").map(({ name }) => name);
  const words = open.length === 0 ? "Waits for the seed, and for the app to listen." : `Waits for ${open.join(", ")}.`;
  return { state: "progressing", words, services, podSecurity: null };
}

/** Ends a start, and returns once nothing of it is at work any more. */
async function forget({ starts }: Around, name: string): Promise<void> {
  const work = starts.get(name);
  work?.stop.abort();
  await work?.ended;
  starts.delete(name);
}

async function remove(around: Around, name: string, signal: AbortSignal): Promise<"removing" | "gone"> {
  if (!OUR_NAME.test(name)) throw new Error(`${name} is no stack's name.`);
  await forget(around, name);
  const { engine, removals } = around;
  if ((await engine.labels(`${STACK}=${name}`, signal)).length === 0) return "gone";
  if (!removals.has(name)) {
    const limit = AbortSignal.timeout(around.startLimitMs);
    const args = ["--project-name", name, "down", "--volumes", "--remove-orphans", "--timeout", String(REMOVE_SECONDS)];
    const removal = succeeds(around, args, limit).finally(() => removals.delete(name));
    removals.set(name, removal);
  }
  await Promise.race([removals.get(name), pause(PATIENCE_MS * 3)]);
  return (await engine.labels(`${STACK}=${name}`, signal)).length === 0 ? "gone" : "removing";
}

async function succeeds({ compose }: Around, args: readonly string[], signal: AbortSignal): Promise<void> {
  const run = await compose.run(args, "", signal);
  if (run.code !== 0)
    throw new DriverUnavailable(`docker compose could not ${args[2]}: ${run.stderr.trim().slice(-500)}`);
}

async function list({ engine, removals }: Around, signal: AbortSignal): Promise<readonly FoundStack[]> {
  const found = new Map<string, FoundStack>();
  for (const labels of await engine.labels(`${MANAGED_BY}=${MANAGER}`, signal)) {
    const stack = stackIn(labels);
    if (stack !== null) found.set(stack.name, { ...stack, removing: removals.has(stack.name) });
  }
  return [...found.values()];
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
