/**
 * What a stack hangs on: its namespace, or its ConfigMap where all share one. Made first and removed last; it carries what the
 * stack is, until when it may live, and since when this commit is being started. Nothing that is not ours is ever touched.
 */
import { LABELS, MANAGED_BY, MANAGER } from "../../../../core/shadow/kubernetes/labels.ts";
import type { KubernetesObject } from "../../../../core/shadow/kubernetes/object.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { Client } from "./client.ts";
import { CONTENT_ANNOTATION, contentMark } from "./content.ts";
import type { Live, LiveAny } from "./live.ts";
import { annotateOne, applyOne, listByLabel, readOne, type Where } from "./objects.ts";
import type { NamespaceAccess } from "./options.ts";
import type { Refusal } from "./refusal.ts";
import { NAMESPACE, ROLE_BINDING, resourceOf } from "./verbs.ts";

/** Commit and attempt, and when we first applied them: `<sha>/<attempt> <ISO 8601>`. */
export const STARTED_ANNOTATION = "shadow-infra.dev/started";

/** On the ConfigMap of a stack that is being removed, where all share a namespace: a namespace of its own says so itself. */
export const REMOVING_ANNOTATION = "shadow-infra.dev/removing";

export type OwnerStanding =
  /** `startedAt` in Unix milliseconds. `made`: only just. `applied`: made or changed. */
  | { readonly kind: "there"; readonly startedAt: number; readonly made: boolean; readonly applied: boolean }
  | Exclude<Refusal, { kind: "recreate" }>;

interface OwnerQuestion {
  readonly spec: StackSpec;
  readonly object: KubernetesObject;
  readonly now: number;
}

export async function ensureOwner(client: Client, question: OwnerQuestion): Promise<OwnerStanding> {
  const { object } = question;
  const { kind, metadata } = object;
  const where = whereOf(object);
  const live = await findOwner(client, where, object);
  if (live === null) return applyOwner(client, where, { ...question, startedAt: null, made: true });
  if (!isOurs(live, metadata.labels[LABELS.stack] ?? "")) {
    const words = `${kind} ${metadata.name} is there already and is not ours`;
    return { kind: "failed", failure: "refused-by-cluster", words };
  }
  if (live.metadata.deletionTimestamp !== undefined)
    return { kind: "later", words: "an earlier stack of this name is still being removed" };
  // Wanted again while it was being removed: whatever is gone is made anew.
  if (live.metadata.annotations?.[REMOVING_ANNOTATION] !== undefined)
    await annotateOne(client, where, { name: metadata.name, annotations: { [REMOVING_ANNOTATION]: null } });
  const startedAt = startOf(live, question.spec);
  if (live.metadata.annotations?.[CONTENT_ANNOTATION] === contentMark(object) && startedAt !== null)
    return { kind: "there", startedAt, made: false, applied: false };
  return applyOwner(client, where, { ...question, startedAt, made: false });
}

interface Begun extends OwnerQuestion {
  /** Null: now. */
  readonly startedAt: number | null;
  readonly made: boolean;
}

async function applyOwner(client: Client, where: Where, begun: Begun): Promise<OwnerStanding> {
  const { spec, object, made } = begun;
  const startedAt = begun.startedAt ?? begun.now;
  const annotations = {
    ...object.metadata.annotations,
    [CONTENT_ANNOTATION]: contentMark(object),
    [STARTED_ANNOTATION]: `${attemptOf(spec)} ${new Date(startedAt).toISOString()}`,
  };
  const answer = await applyOne(client, where, { ...object, metadata: { ...object.metadata, annotations } });
  if ("metadata" in answer) return { kind: "there", startedAt, made, applied: true };
  if (answer.kind !== "recreate") return answer;
  return { kind: "later", words: `${object.kind} ${object.metadata.name} cannot be changed` };
}

/** Null: this commit and attempt was not begun yet. */
function startOf({ metadata }: LiveAny, spec: StackSpec): number | null {
  const [attempt, at = ""] = (metadata.annotations?.[STARTED_ANNOTATION] ?? "").split(" ");
  const time = Date.parse(at);
  return attempt === attemptOf(spec) && !Number.isNaN(time) ? time : null;
}

function attemptOf({ identity, attempt }: StackSpec): string {
  return `${identity.sha}/${attempt}`;
}

function whereOf({ kind, metadata }: KubernetesObject): Where {
  return { resource: resourceOf(kind) ?? NAMESPACE, namespace: metadata.namespace ?? null };
}

async function findOwner(client: Client, where: Where, object: KubernetesObject): Promise<LiveAny | null> {
  const { name, labels } = object.metadata;
  if (where.resource.kind === NAMESPACE.kind) return readOne(client, where, name);
  const selector = `${LABELS.stack}=${labels[LABELS.stack] ?? ""}`;
  const found = await listByLabel(client, where, { selector, whole: false });
  return found.find(({ metadata }) => metadata.name === name) ?? null;
}

export function isOurs({ metadata }: Live, stack: string): boolean {
  return metadata.labels?.[MANAGED_BY] === MANAGER && metadata.labels[LABELS.stack] === stack;
}

/** The provisioner's rights inside a namespace it made. */
export async function grantAccess(
  client: Client,
  namespace: string,
  { clusterRole, subject }: NamespaceAccess,
): Promise<Live | Refusal> {
  const account = subject.kind === "User" ? { ...subject, apiGroup: ROLE_BINDING.apiGroup } : subject;
  const binding = {
    apiVersion: `${ROLE_BINDING.apiGroup}/${ROLE_BINDING.version}`,
    kind: ROLE_BINDING.kind,
    metadata: { name: clusterRole, namespace, labels: { [MANAGED_BY]: MANAGER } },
    roleRef: { apiGroup: ROLE_BINDING.apiGroup, kind: "ClusterRole", name: clusterRole },
    subjects: [account],
  };
  return applyOne(client, { resource: ROLE_BINDING, namespace }, binding);
}
