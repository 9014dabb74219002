/** From a pass to the words of the report: ready with its address, failed with the reason and the log, or what it still waits for. */

import { LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import type { KubernetesStack, StackWorkload } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { ServiceStanding, StackFailure, StackStanding } from "../driver.ts";
import type { Client } from "./client.ts";
import type { Surroundings } from "./ensure.ts";
import type { Applied } from "./groups.ts";
import type { LiveService } from "./live.ts";
import { lastLines, listByLabel } from "./objects.ts";
import type { Snapshot } from "./snapshot.ts";
import { holds, logOfUnready, oldPods, type WorkloadStanding } from "./standing.ts";
import { resourceOf, STACK_RESOURCES } from "./verbs.ts";

export interface Pass {
  readonly spec: StackSpec;
  readonly stack: KubernetesStack;
  readonly snapshot: Snapshot;
  readonly standings: ReadonlyMap<string, WorkloadStanding>;
  readonly applied: Applied;
  /** Unix milliseconds, as `now`. */
  readonly startedAt: number;
  readonly now: number;
}

type Failed = Extract<WorkloadStanding, { state: "failed" }>;

export async function sayStanding(around: Surroundings, client: Client, pass: Pass): Promise<StackStanding> {
  const { stack, applied, spec, now } = pass;
  const seen = { services: servicesOf(pass), podSecurity: stack.podSecurity };
  if (applied.kind === "failed")
    return { state: "failed", failure: applied.failure, words: applied.words, log: null, ...seen };
  const broken = firstFailure(pass);
  if (broken !== null) {
    const { failure, words, log } = broken.standing;
    return {
      state: "failed",
      failure,
      words: `${broken.name}: ${words}`,
      log: await logOf(client, stack, log),
      ...seen,
    };
  }
  const words = applied.kind === "later" ? applied.words : notReadyYet(pass);
  if (words === null) {
    const origin = await originOf(client, pass);
    if (origin === null) return { state: "progressing", words: "its way in has no port yet", ...seen };
    around.memory.sawReady(spec, now);
    return { state: "ready", origin, stamped: true, ...seen };
  }
  const since = Math.max(pass.startedAt, around.memory.readyAt(spec) ?? 0);
  if (now - since < around.options.startLimitMs) return { state: "progressing", words, ...seen };
  return { ...(await tooLate(client, pass, { words, limitMs: around.options.startLimitMs })), ...seen };
}

/** The first in the order of the groups: what depends on it fails because of it. One that nothing needs does not count. */
function firstFailure({ stack, standings }: Pass): { readonly name: string; readonly standing: Failed } | null {
  const needed = new Set(
    stack.groups.flatMap(({ after }) => after.filter(({ required }) => required).map(({ workload }) => workload)),
  );
  for (const workload of stack.workloads) {
    const standing = standings.get(workload.name);
    if (standing?.state !== "failed") continue;
    if (workload.role === "service" && !needed.has(workload.name)) continue;
    return { name: nameOf(workload), standing };
  }
  return null;
}

/** Null: everything runs and nothing of another commit is left. */
function notReadyYet({ stack, standings, snapshot, spec }: Pass): string | null {
  if (stack.wants.clusterIps.length > 0) return "its services are being made";
  const open = stack.workloads.filter((workload) => {
    const condition = { workload: workload.name, until: workload.until, required: workload.role !== "service" };
    return !holds(condition, standings.get(workload.name));
  });
  if (open.length > 0) return open.map((workload) => openWords(workload, standings.get(workload.name))).join("; ");
  const old = oldPods(snapshot, spec);
  return old.length === 0 ? null : `pods of an earlier commit are still there (${old.length})`;
}

function openWords(workload: StackWorkload, standing: WorkloadStanding | undefined): string {
  return `${nameOf(workload)}: ${standing?.state === "starting" ? standing.words : "waits for its turn"}`;
}

function nameOf({ role, service }: StackWorkload): string {
  return role === "service" ? service : role === "seed" ? "seed" : "gateway";
}

function servicesOf({ stack, standings }: Pass): readonly ServiceStanding[] {
  return stack.workloads
    .filter(({ role }) => role === "service")
    .map(({ name, service, image }) => {
      const standing = standings.get(name) ?? { state: "waiting" };
      const state = standing.state === "running" ? "ready" : standing.state;
      return { name: service, image, state, reason: "words" in standing ? standing.words : null };
    });
}

async function logOf(client: Client, { namespace }: KubernetesStack, log: Failed["log"]): Promise<string | null> {
  return log === null ? null : lastLines(client, { namespace, ...log });
}

/** A program that runs and is never healthy is its own reason; anything else that takes too long is just that. */
async function tooLate(
  client: Client,
  { stack, standings }: Pass,
  { words, limitMs }: { readonly words: string; readonly limitMs: number },
): Promise<{
  readonly state: "failed";
  readonly failure: StackFailure;
  readonly words: string;
  readonly log: string | null;
}> {
  const late = `not ready after ${Math.round(limitMs / 1000)} s`;
  for (const workload of stack.workloads) {
    const standing = standings.get(workload.name);
    if (standing?.state !== "starting" || workload.role === "seed") continue;
    const pods = standing.pod === null ? [] : [standing.pod];
    const log = logOfUnready(pods);
    if (log === null) continue;
    const reason = `${nameOf(workload)}: runs and does not become healthy (${standing.words}), ${late}`;
    return { state: "failed", failure: "unhealthy", words: reason, log: await logOf(client, stack, log) };
  }
  return { state: "failed", failure: "start-timeout", words: `${late}: ${words}`, log: null };
}

/** Null: the cluster has not given its port of the node yet. */
async function originOf(client: Client, { stack, snapshot }: Pass): Promise<string | null> {
  const { reach } = stack;
  if (reach.kind === "host") return `https://${reach.host}`;
  const services = snapshot.services ?? (await listServices(client, stack));
  const port = services.find(({ metadata }) => metadata.name === reach.service)?.spec?.ports?.[0]?.nodePort;
  return port === undefined ? null : `http://127.0.0.1:${port}`;
}

async function listServices(client: Client, { namespace, name }: KubernetesStack): Promise<readonly LiveService[]> {
  const resource = resourceOf("Service") ?? STACK_RESOURCES[0];
  return listByLabel(client, { resource, namespace }, { selector: `${LABELS.stack}=${name}`, whole: true });
}
