/** Sends what differs, group after group, as far as each group's turn has come; and removes what no group holds any more. */
import type { KubernetesObject } from "../../../../core/shadow/kubernetes/object.ts";
import type { KubernetesStack, ObjectGroup } from "../../../../core/shadow/kubernetes/stack.ts";
import type { Client } from "./client.ts";
import { CONTENT_ANNOTATION, contentMark } from "./content.ts";
import { applyOne, deleteOne } from "./objects.ts";
import type { Refusal } from "./refusal.ts";
import { liveOf, type Snapshot } from "./snapshot.ts";
import { holds, markKey, type WorkloadStanding } from "./standing.ts";
import { NAMESPACE, type ResourceRow, resourceOf, STACK_RESOURCES } from "./verbs.ts";

export interface Applying {
  readonly stack: KubernetesStack;
  readonly snapshot: Snapshot;
  readonly marks: ReadonlyMap<string, string>;
  readonly standings: ReadonlyMap<string, WorkloadStanding>;
}

export type Applied =
  /** `sent` counts objects: none means that all was as it should be, or waits its turn. */
  { readonly kind: "applied"; readonly sent: number } | Exclude<Refusal, { kind: "recreate" }>;

/** What each object should carry as its content mark. */
export function marksOf({ groups }: KubernetesStack): ReadonlyMap<string, string> {
  return new Map(
    groups.flatMap(({ objects }) =>
      objects.map((object) => [markKey(object.kind, object.metadata.name), contentMark(object)] as const),
    ),
  );
}

/** All but the owner, which comes first and on its own. The first refusal ends the pass: what follows depends on it. */
export async function applyGroups(client: Client, applying: Applying): Promise<Applied> {
  let sent = 0;
  for (const group of applying.stack.groups.filter(({ step }) => step !== "owner")) {
    if (!isItsTurn(group, applying.standings)) continue;
    for (const object of group.objects.filter((candidate) => differs(candidate, applying))) {
      const refusal = await applyOrReplace(client, object, applying);
      sent += 1;
      if (refusal !== null) return refusal;
    }
  }
  return { kind: "applied", sent };
}

function isItsTurn({ after }: ObjectGroup, standings: Applying["standings"]): boolean {
  return after.every((condition) => holds(condition, standings.get(condition.workload)));
}

/** A kind that was not looked at was checked a short while ago. */
function differs({ kind, metadata }: KubernetesObject, { snapshot, marks }: Applying): boolean {
  const all = liveOf(snapshot, kind);
  if (all === undefined) return false;
  const live = all.find((candidate) => candidate.metadata.name === metadata.name);
  return live?.metadata.annotations?.[CONTENT_ANNOTATION] !== marks.get(markKey(kind, metadata.name));
}

async function applyOrReplace(
  client: Client,
  object: KubernetesObject,
  { stack, marks }: Applying,
): Promise<Exclude<Refusal, { kind: "recreate" }> | null> {
  const where = { resource: rowOf(object.kind), namespace: stack.namespace };
  const { name } = object.metadata;
  const annotations = { ...object.metadata.annotations, [CONTENT_ANNOTATION]: marks.get(markKey(object.kind, name)) };
  const answer = await applyOne(client, where, { ...object, metadata: { ...object.metadata, annotations } });
  if ("metadata" in answer) return null;
  if (answer.kind !== "recreate") return answer;
  await deleteOne(client, where, name);
  return { kind: "later", words: `${object.kind} ${name} is made anew` };
}

/** Deletes what carries the stack's label and is in no group: of an earlier commit. Only for a stack that is known as a whole. */
export async function prune(client: Client, { stack, snapshot, marks }: Applying): Promise<number> {
  let removed = 0;
  for (const resource of STACK_RESOURCES.filter(({ kind }) => kind !== "Pod")) {
    const left = (liveOf(snapshot, resource.kind) ?? []).filter(
      ({ metadata }) => !marks.has(markKey(resource.kind, metadata.name)) && metadata.deletionTimestamp === undefined,
    );
    for (const { metadata } of left) await deleteOne(client, { resource, namespace: stack.namespace }, metadata.name);
    removed += left.length;
  }
  return removed;
}

function rowOf(kind: string): ResourceRow {
  const row = resourceOf(kind);
  if (row === undefined || row === NAMESPACE)
    throw new Error(`The driver has no business with objects of kind ${kind}.`);
  return row;
}
