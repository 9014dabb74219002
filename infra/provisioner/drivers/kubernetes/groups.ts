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
  /** Known to be as they should be, though not looked at this time. */
  readonly known: ReadonlySet<string>;
}

export type Applied =
  /** `equal`: what is as it should be now, by kind and name; the rest waits its turn. */
  { readonly kind: "applied"; readonly equal: ReadonlySet<string> } | Exclude<Refusal, { kind: "recreate" }>;

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
  const equal = new Set<string>();
  for (const group of applying.stack.groups.filter(({ step }) => step !== "owner")) {
    if (!isItsTurn(group, applying.standings)) continue;
    for (const object of group.objects) {
      const refusal = differs(object, applying) ? await applyOrReplace(client, object, applying) : null;
      if (refusal !== null) return refusal;
      equal.add(markKey(object.kind, object.metadata.name));
    }
  }
  return { kind: "applied", equal };
}

function isItsTurn({ after }: ObjectGroup, standings: Applying["standings"]): boolean {
  return after.every((condition) => holds(condition, standings.get(condition.workload)));
}

function differs({ kind, metadata }: KubernetesObject, { snapshot, marks, known }: Applying): boolean {
  const all = liveOf(snapshot, kind);
  if (all === undefined) return !known.has(markKey(kind, metadata.name));
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
