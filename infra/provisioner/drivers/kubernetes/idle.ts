/** Scales a stack to nothing. Its volumes end with its pods, so what ran once (seed, migrations) has to run again: those jobs go. */
import { LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import { stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import type { Client } from "./client.ts";
import { CONTENT_ANNOTATION } from "./content.ts";
import { annotateOne, deleteOne, IDLE_MARK, listByLabel, scaleToNothing, type Where } from "./objects.ts";
import { isOurs, STARTED_ANNOTATION } from "./owner.ts";
import { NAMESPACE, resourceOf } from "./verbs.ts";

interface Idling {
  readonly spec: StackSpec;
  /** Where its objects are. */
  readonly namespace: string;
  /** The namespace or ConfigMap it hangs on. */
  readonly owner: Where & { readonly name: string };
}

export async function idleStack(client: Client, { spec, namespace, owner }: Idling): Promise<void> {
  const selector = `${LABELS.stack}=${stackNameOf(spec.identity)}`;
  const jobs: Where = { resource: resourceOf("Job") ?? NAMESPACE, namespace };
  for (const { metadata } of await listByLabel(client, jobs, { selector, whole: false }))
    if (metadata.deletionTimestamp === undefined) await deleteOne(client, jobs, metadata.name);
  const deployments: Where = { resource: resourceOf("Deployment") ?? NAMESPACE, namespace };
  const awake = (await listByLabel(client, deployments, { selector, whole: false })).filter(
    ({ metadata }) => metadata.annotations?.[CONTENT_ANNOTATION] !== IDLE_MARK,
  );
  for (const { metadata } of awake) await scaleToNothing(client, deployments, metadata.name);
  if (awake.length === 0) return;
  // Its start is counted anew when it is brought back.
  const root = (await listByLabel(client, owner, { selector, whole: false })).find(
    (live) => live.metadata.name === owner.name && isOurs(live, stackNameOf(spec.identity)),
  );
  if (root !== undefined)
    await annotateOne(client, owner, { name: owner.name, annotations: { [STARTED_ANNOTATION]: null } });
}
