/** Which images a stack of a certain commit was last asked to run: what its Deployments and Jobs say, also while it is scaled to nothing. */
import { ANNOTATIONS, LABELS } from "../../../../core/shadow/kubernetes/labels.ts";
import { type StackIdentity, stackNameOf } from "../../../../core/shadow/stack/identity.ts";
import type { Client } from "./client.ts";
import { listByLabel, readOne } from "./objects.ts";
import { NAMESPACE, resourceOf } from "./verbs.ts";

/** By service; empty where there is no stack of this commit. `namespace`: the one that all stacks share, or null. */
export async function imagesIn(
  client: Client,
  namespace: string | null,
  identity: StackIdentity,
): Promise<Readonly<Record<string, string>>> {
  const name = stackNameOf(identity);
  // Without it there are no rights in it either.
  const isThere =
    namespace !== null || (await readOne(client, { resource: NAMESPACE, namespace: null }, name)) !== null;
  if (!isThere) return {};
  const selector = `${LABELS.stack}=${name},${LABELS.sha}=${identity.sha}`;
  const kinds = ["Deployment", "Job"].flatMap((kind) => resourceOf(kind) ?? []);
  const lists = await Promise.all(
    kinds.map(async (resource) =>
      listByLabel(client, { resource, namespace: namespace ?? name }, { selector, whole: true }),
    ),
  );
  return Object.fromEntries(
    lists.flat().flatMap(({ metadata, spec }) => {
      const service = metadata.annotations?.[ANNOTATIONS.composeService];
      const image = spec?.template?.spec?.containers?.[0]?.image;
      return service === undefined || image === undefined ? [] : [[service, image] as const];
    }),
  );
}
