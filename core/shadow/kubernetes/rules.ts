/** What a stack may use and who it is: quota, limits, account. In a namespace that is not ours alone, quota and limits are the operator's. */
import { ownName } from "../stack/names.ts";
import { copiesOf } from "../stack/share.ts";
import { type Draft, objectOf } from "./draft.ts";
import type { KubernetesObject } from "./object.ts";
import { OWN_CPU_MILLI, OWN_MEMORY_BYTES, OWN_STORAGE_BYTES } from "./pod.ts";
import { policiesOf } from "./policies.ts";
import { pullSecretName, pullSecretOf } from "./pull-secret.ts";
import { bytesQuantity, cpuQuantity } from "./text.ts";

const MILLI = 1_000;
/** Old pods count until they are gone, while those that follow are made. */
const PODS_FACTOR = 2;

export function rulesOf(draft: Draft): readonly KubernetesObject[] {
  const own = draft.cluster.namespace === null ? [quotaOf(draft), limitsOf(draft)] : [];
  return [...own, ...pullSecretOf(draft), accountOf(draft), ...policiesOf(draft)];
}

/** The operator's limits, and room for our own containers: one gateway, and one that waits in each pod. */
function quotaOf(draft: Draft): KubernetesObject {
  const { cpus, memoryBytes, storageBytes } = draft.spec.limits;
  const pods = draft.services.reduce((sum, { service }) => sum + copiesOf(service), 0) + 2;
  const memory = bytesQuantity(memoryBytes + pods * OWN_MEMORY_BYTES);
  const cpu = cpuQuantity(cpus * MILLI + pods * OWN_CPU_MILLI);
  const storage = bytesQuantity(storageBytes + pods * OWN_STORAGE_BYTES);
  return objectOf(draft, "ResourceQuota", {
    name: ownName(draft.names, "stack"),
    spec: {
      hard: {
        "limits.cpu": cpu,
        "limits.memory": memory,
        "limits.ephemeral-storage": storage,
        "requests.cpu": cpu,
        "requests.memory": memory,
        "requests.ephemeral-storage": storage,
        pods: String(pods * PODS_FACTOR),
        "services.loadbalancers": "0",
        "services.nodeports": draft.cluster.reach.kind === "node-port" ? "1" : "0",
        ...(draft.cluster.sharedStorageClass == null
          ? { persistentvolumeclaims: "0" }
          : { "requests.storage": bytesQuantity(storageBytes) }),
      },
    },
  });
}

function limitsOf(draft: Draft): KubernetesObject {
  const { cpus, memoryBytes, defaultCpus, defaultMemoryBytes } = draft.spec.limits;
  const most = {
    cpu: cpuQuantity(Math.max(cpus * MILLI, OWN_CPU_MILLI)),
    memory: bytesQuantity(Math.max(memoryBytes, OWN_MEMORY_BYTES)),
  };
  const usual = {
    cpu: cpuQuantity(Math.min(defaultCpus, cpus) * MILLI),
    memory: bytesQuantity(Math.min(defaultMemoryBytes, memoryBytes)),
  };
  return objectOf(draft, "LimitRange", {
    name: ownName(draft.names, "stack"),
    spec: { limits: [{ type: "Container", max: most, default: usual, defaultRequest: usual }] },
  });
}

function accountOf(draft: Draft): KubernetesObject {
  const pullSecret = pullSecretName(draft);
  return objectOf(draft, "ServiceAccount", {
    name: ownName(draft.names, "stack"),
    automountServiceAccountToken: false,
    ...(pullSecret === null ? {} : { imagePullSecrets: [{ name: pullSecret }] }),
  });
}
