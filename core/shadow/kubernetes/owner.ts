/** What stands for a stack as a whole, by which anyone finds it and sees whose it is and until when. */
import { ownName } from "../stack/names.ts";
import { type Draft, objectOf } from "./draft.ts";
import { ANNOTATIONS } from "./labels.ts";
import type { KubernetesObject } from "./object.ts";
import { levelOf } from "./security.ts";

const LAST_TIME = 8_640_000_000_000_000;

/** Its namespace, or where all stacks share one a ConfigMap `<stack>-shadow-stack`. */
export function ownerOf(draft: Draft): KubernetesObject {
  const { repository, expiresAt } = draft.spec;
  const annotations = {
    [ANNOTATIONS.repository]: repository,
    [ANNOTATIONS.expiresAt]: new Date(Math.min(LAST_TIME, Math.max(0, Math.floor(expiresAt) || 0))).toISOString(),
  };
  if (draft.cluster.namespace !== null)
    return objectOf(draft, "ConfigMap", { name: ownName(draft.names, "stack"), annotations, data: {} });
  return objectOf(draft, "Namespace", { name: draft.namespace, annotations, labels: levels(draft) });
}

function levels(draft: Draft): Readonly<Record<string, string>> {
  const level = levelOf(draft);
  const modes = ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, "latest"],
  ]);
  return Object.fromEntries<string>(modes.map(([name = "", value = ""]) => [name, value]));
}
