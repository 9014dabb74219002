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
import { type Known, knownBefore, type Memory } from "./memory.ts";
import type { KubernetesDriverOptions } from "./options.ts";
import { ensureOwner, grantAccess, type OwnerStanding } from "./owner.ts";
import { sayStanding } from "./say.ts";
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

interface Question {
  readonly spec: StackSpec;
  /** Unix milliseconds. */
  readonly now: number;
}

async function onePass(around: Surroundings, client: Client, question: Question): Promise<PassEnd> {
  const { memory, options, translating } = around;
  const before = memory.get(question.spec);
  const first = await translate(translating, question.spec, before?.clusterIps ?? {});
  if (!first.ok) return { state: "failed", failure: first.failure, words: first.words, ...NOTHING_SEEN };
  const { stack } = first;
  const owner = await ensureRoot(around, client, { ...question, stack });
  if (owner.kind === "later") return { state: "progressing", words: owner.words, ...unseen(stack) };
  if (owner.kind === "failed")
    return { state: "failed", failure: owner.failure, words: owner.words, log: null, ...unseen(stack) };
  // Its rights inside take a moment to be known to the whole API server.
  if (owner.made && stack.ownsNamespace && options.access != null)
    return { state: "progressing", words: "its namespace is made", ...unseen(stack) };
  const whole = !knownBefore(before, { mark: contentMark(stack.groups), now: question.now });
  return workOn(around, client, {
    ...question,
    stack,
    whole,
    startedAt: owner.startedAt,
    before,
  });
}

interface Work extends Question {
  readonly stack: KubernetesStack;
  /** False: only what runs is looked at. */
  readonly whole: boolean;
  readonly startedAt: number;
  readonly before: Known | null;
}

async function workOn(around: Surroundings, client: Client, work: Work): Promise<PassEnd> {
  const { spec, whole, now, before, startedAt } = work;
  const snapshot = await takeSnapshot(client, work);
  const clusterIps = whole ? clusterIpsOf(snapshot.services ?? []) : (before?.clusterIps ?? {});
  const translated = await translate(around.translating, spec, clusterIps);
  if (!translated.ok)
    return { state: "failed", failure: translated.failure, words: translated.words, log: null, ...unseen(work.stack) };
  const { stack } = translated;
  const marks = marksOf(stack);
  const standings = standingsOf({ spec, stack, snapshot, marks, now });
  const applying: Applying = { stack, snapshot, marks, standings, known: before?.equal ?? new Set() };
  const applied = await applyGroups(client, applying);
  if (applied.kind === "applied") {
    if (stack.wants.clusterIps.length > 0) return { again: stack };
    const removed = whole ? await prune(client, applying) : 0;
    const at = whole ? now : (before?.at ?? now);
    const known = { mark: contentMark(stack.groups), at, clusterIps, equal: applied.equal };
    around.memory.set(spec, removed === 0 ? known : null);
  }
  return sayStanding(around, client, { spec, stack, snapshot, standings, applied, startedAt, now });
}

const NOTHING_SEEN = { log: null, services: [], podSecurity: null } as const;

async function ensureRoot(
  { options }: Surroundings,
  client: Client,
  { spec, now, stack }: Question & { readonly stack: KubernetesStack },
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
