/**
 * One pass over one stack: translate -> owner -> look -> apply what differs, as far as its turn has come -> remove what is of another
 * commit -> say where it stands. Every pass begins at the beginning, so it may be stopped or repeated at any moment.
 */
import type { KubernetesObject } from "../../../../core/shadow/kubernetes/object.ts";
import type { ClusterOptions } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { StackStanding } from "../driver.ts";
import { type Client, clientOf } from "./client.ts";
import { contentMark } from "./content.ts";
import { type Applying, applyGroups, marksOf, prune } from "./groups.ts";
import { knownBefore, type Memory } from "./memory.ts";
import type { KubernetesDriverOptions } from "./options.ts";
import { ensureOwner, grantAccess, type OwnerStanding } from "./owner.ts";
import { type Pass, sayStanding } from "./say.ts";
import { takeSnapshot } from "./snapshot.ts";
import { standingsOf } from "./standing.ts";
import { clusterIpsOf, type Translating, translate } from "./translate.ts";

export interface Surroundings {
  readonly options: KubernetesDriverOptions;
  readonly cluster: ClusterOptions;
  readonly translating: Translating;
  readonly memory: Memory;
}

export async function ensureStack(around: Surroundings, spec: StackSpec, signal: AbortSignal): Promise<StackStanding> {
  const client = clientOf(around.options, signal);
  const now = around.options.clock();
  // Once more when the first round made the services whose addresses the rest has to know.
  for (let round = 0; ; round += 1) {
    const pass = await onePass(around, client, { spec, now });
    if (!("again" in pass)) return pass;
    if (round > 0)
      return {
        state: "progressing",
        words: "its services are being made",
        services: [],
        podSecurity: pass.again.podSecurity,
      };
  }
}

type PassEnd = StackStanding | { readonly again: KubernetesStack };

async function onePass(
  around: Surroundings,
  client: Client,
  { spec, now }: { readonly spec: StackSpec; readonly now: number },
): Promise<PassEnd> {
  const { memory, options, translating } = around;
  const before = memory.get(spec);
  const first = await translate(translating, spec, before?.clusterIps ?? {});
  if (!first.ok)
    return { state: "failed", failure: first.failure, words: first.words, log: null, services: [], podSecurity: null };
  const owner = await ensureRoot(around, client, { spec, now, stack: first.stack });
  if (owner.kind === "later") return { state: "progressing", words: owner.words, ...unseen(first.stack) };
  if (owner.kind === "failed")
    return { state: "failed", failure: owner.failure, words: owner.words, log: null, ...unseen(first.stack) };
  // Its rights inside take a moment to be known to the whole API server.
  if (owner.made && options.access != null)
    return { state: "progressing", words: "its namespace is made", ...unseen(first.stack) };

  const whole = !knownBefore(before, { mark: contentMark(first.stack.groups), now });
  const snapshot = await takeSnapshot(client, { stack: first.stack, whole });
  const clusterIps = whole ? clusterIpsOf(snapshot.services) : (before?.clusterIps ?? {});
  const second = whole ? await translate(translating, spec, clusterIps) : first;
  if (!second.ok)
    return { state: "failed", failure: second.failure, words: second.words, log: null, ...unseen(first.stack) };
  const { stack } = second;
  const marks = marksOf(stack);
  const standings = standingsOf({ spec, stack, snapshot, marks, now });
  const applying: Applying = { stack, snapshot, marks, standings };
  const applied = await applyGroups(client, applying);
  const wanting = stack.wants.clusterIps.length > 0;
  if (wanting && applied.kind === "applied") return { again: stack };
  const removed = wanting || applied.kind !== "applied" ? 0 : await prune(client, applying);
  const settled = applied.kind === "applied" && applied.sent + removed === 0;
  if (whole) memory.set(spec, settled ? { mark: contentMark(stack.groups), at: now, clusterIps } : null);
  const pass: Pass = { spec, stack, snapshot, standings, applied, startedAt: owner.startedAt, now };
  return sayStanding(around, client, pass);
}

async function ensureRoot(
  { options }: Surroundings,
  client: Client,
  { spec, now, stack }: { readonly spec: StackSpec; readonly now: number; readonly stack: KubernetesStack },
): Promise<OwnerStanding> {
  const standing = await ensureOwner(client, { spec, object: ownerOf(stack), now });
  if (standing.kind !== "there" || !stack.ownsNamespace || options.access == null || !standing.applied) return standing;
  const granted = await grantAccess(client, stack.namespace, options.access);
  if ("metadata" in granted) return standing;
  return granted.kind === "recreate" ? { kind: "later", words: "its rights cannot be changed" } : granted;
}

export function ownerOf({ groups, name }: KubernetesStack): KubernetesObject {
  const owner = groups.find(({ step }) => step === "owner")?.objects[0];
  if (owner === undefined) throw new Error(`The stack ${name} has no object to hang on.`);
  return owner;
}

function unseen(stack: KubernetesStack): Pick<StackStanding, "services" | "podSecurity"> {
  const services = stack.workloads
    .filter(({ role }) => role === "service")
    .map(({ service, image }) => ({ name: service, image, state: "waiting" as const, reason: null }));
  return { services, podSecurity: stack.podSecurity };
}
