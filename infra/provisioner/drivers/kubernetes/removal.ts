/** A stack's end, and what of stacks there is: by labels alone, so that stacks are found and removed whoever made them. */
import { ANNOTATIONS, LABELS, MANAGED_BY, MANAGER } from "../../../../core/shadow/kubernetes/labels.ts";
import { DriverUnavailable, type FoundStack } from "../driver.ts";
import type { Client } from "./client.ts";
import type { Live } from "./live.ts";
import { annotateOne, deleteOne, listByLabel, readOne, type Where } from "./objects.ts";
import { isOurs, REMOVING_ANNOTATION } from "./owner.ts";
import { NAMESPACE, type ResourceRow, resourceOf, STACK_RESOURCES } from "./verbs.ts";

/** Deletes its namespace and looks whether it is gone. */
export async function removeNamespace(client: Client, name: string): Promise<"removing" | "gone"> {
  const where: Where = { resource: NAMESPACE, namespace: null };
  const live = await readOne(client, where, name);
  if (live === null) return "gone";
  if (!isOurs(live, name))
    throw new DriverUnavailable(
      `The namespace ${name} does not carry the labels of a stack of that name, so it is not deleted. Look at it and remove it by hand.`,
    );
  if (live.metadata.deletionTimestamp === undefined) await deleteOne(client, where, name);
  return "removing";
}

/** Deletes everything that carries its label, its ConfigMap last, so that it is found until nothing else is left. */
export async function removeByLabel(client: Client, namespace: string, name: string): Promise<"removing" | "gone"> {
  const selector = `${MANAGED_BY}=${MANAGER},${LABELS.stack}=${name}`;
  const found = await Promise.all(
    kindsToRemove().map(async (resource) => ({
      resource,
      items: await listByLabel(client, { resource, namespace }, { selector, whole: false }),
    })),
  );
  const owners = found.flatMap(({ items }) => items.filter((item) => isOwner(item)));
  const rest = found.map(({ resource, items }) => ({ resource, items: items.filter((item) => !isOwner(item)) }));
  const left = rest.reduce((sum, { items }) => sum + items.length, 0);
  for (const { metadata } of owners.filter((item) => item.metadata.annotations?.[REMOVING_ANNOTATION] === undefined))
    await annotateOne(
      client,
      { resource: ownerRow(), namespace },
      { name: metadata.name, annotations: { [REMOVING_ANNOTATION]: "true" } },
    );
  const workloads = rest.filter(({ resource }) => resource.kind !== "Pod").some(({ items }) => items.length > 0);
  for (const { resource, items } of rest) {
    // Pods follow their workloads; one that is left without any follows nobody.
    if (resource.kind === "Pod" && workloads) continue;
    for (const item of items.filter(({ metadata }) => metadata.deletionTimestamp === undefined))
      await deleteOne(client, { resource, namespace }, item.metadata.name);
  }
  if (left > 0) return "removing";
  for (const { metadata } of owners) await deleteOne(client, { resource: ownerRow(), namespace }, metadata.name);
  return owners.length > 0 ? "removing" : "gone";
}

/** What runs goes first, and nothing is made anew below it. */
function kindsToRemove(): readonly ResourceRow[] {
  return STACK_RESOURCES.toReversed();
}

/** Only what a stack hangs on says until when it lives. */
function isOwner({ metadata }: Live): boolean {
  return metadata.annotations?.[ANNOTATIONS.expiresAt] !== undefined;
}

export async function findStacks(client: Client, namespace: string | null): Promise<readonly FoundStack[]> {
  const where = namespace === null ? { resource: NAMESPACE, namespace } : { resource: ownerRow(), namespace };
  const selector = `${MANAGED_BY}=${MANAGER},${LABELS.stack}`;
  const found = await listByLabel(client, where, { selector, whole: false });
  return found.filter(isOwner).flatMap(readStack);
}

/** What does not say whose it is was not made by us, or was changed by hand: nobody may remove it for us. */
function readStack({ metadata }: Live): readonly FoundStack[] {
  const { labels = {}, annotations = {} } = metadata;
  const name = labels[LABELS.stack];
  const role = labels[LABELS.role];
  const repoId = Number(labels[LABELS.repository]);
  const pull = labels[LABELS.pull];
  if (name === undefined || !Number.isSafeInteger(repoId) || (role !== "shadow" && role !== "base")) return [];
  const expiresAt = Date.parse(annotations[ANNOTATIONS.expiresAt] ?? "");
  return [
    {
      name,
      repoId,
      pr: pull === undefined ? null : Number(pull),
      role,
      sha: labels[LABELS.sha] ?? "",
      expiresAt: Number.isNaN(expiresAt) ? 0 : expiresAt,
      removing: metadata.deletionTimestamp !== undefined || annotations[REMOVING_ANNOTATION] !== undefined,
    },
  ];
}

function ownerRow(): ResourceRow {
  return rowOf("ConfigMap");
}

function rowOf(kind: string): ResourceRow {
  return resourceOf(kind) ?? NAMESPACE;
}
