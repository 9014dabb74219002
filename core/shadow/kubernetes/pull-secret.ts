/**
 * Who the cluster is at registries when it pulls a stack's images. The kubelet reads it; no pod mounts it or has it as a variable, and
 * nothing that a compose file can say names it.
 */
import { ownName } from "../stack/names.ts";
import { type Draft, objectOf } from "./draft.ts";
import type { KubernetesObject } from "./object.ts";
import { base64Of } from "./text.ts";

/** Key and type that the kubelet knows. https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets */
const KEY = ".dockerconfigjson";
const TYPE = "kubernetes.io/dockerconfigjson";

/** What the pods' account names; null: images are pulled without a name. */
export function pullSecretName(draft: Draft): string | null {
  return madeFrom(draft)?.name ?? draft.cluster.pullSecret;
}

/** None where the operator's own serves, or where no image of the stack needs one. */
export function pullSecretOf(draft: Draft): readonly KubernetesObject[] {
  const made = madeFrom(draft);
  if (made === null) return [];
  return [objectOf(draft, "Secret", { name: made.name, type: TYPE, data: { [KEY]: base64Of(made.config) } })];
}

/** In a namespace that all stacks share it would be one Secret for all of them, with what each of them needs: that one is the operator's. */
function madeFrom({ cluster, names }: Draft): { readonly name: string; readonly config: string } | null {
  const { namespace, pullConfig, pullSecret } = cluster;
  if (namespace !== null || pullConfig == null) return null;
  return { name: pullSecret ?? ownName(names, "pull"), config: pullConfig };
}
