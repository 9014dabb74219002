/**
 * The driver for Kubernetes: a stack is a namespace (or a share of one) whose objects are applied from the pure translation. It keeps
 * nothing on disk and believes only what the API server says; the loop around it decides when it is called.
 */
import type { ClusterOptions } from "../../../../core/shadow/kubernetes/options.ts";
import { type Driver, DriverUnavailable } from "../driver.ts";
import { apiServerHost, rememberingResolve, resolveHost } from "./addresses.ts";
import { clientOf } from "./client.ts";
import { ensureStack, ownerOf, type Surroundings } from "./ensure.ts";
import { idleStack } from "./idle.ts";
import { imagesIn } from "./images.ts";
import { createMemory } from "./memory.ts";
import type { KubernetesDriverOptions } from "./options.ts";
import { findStacks, removeByLabel, removeNamespace } from "./removal.ts";
import { translate } from "./translate.ts";
import { NAMESPACE, resourceOf } from "./verbs.ts";

/** Names that stacks of ours can have; whatever else is asked to be removed is a mistake. */
const STACK_NAME = /^shadow-(?:pr[0-9]+|base)-[a-z0-9-]+$/;

export function kubernetesDriver(options: KubernetesDriverOptions): Driver {
  const around = surroundingsOf(options);
  const { namespace } = options.cluster;
  return {
    name: "kubernetes",
    ensure: async (spec, signal) => ensureStack(around, spec, signal),
    idle: async (spec, signal) => {
      const translated = await translate(around.translating, spec, {});
      if (!translated.ok) return;
      const { stack } = translated;
      const root = ownerOf(stack);
      const owner = {
        resource: resourceOf(root.kind) ?? NAMESPACE,
        namespace: root.metadata.namespace ?? null,
        name: root.metadata.name,
      };
      around.memory.forget(stack.name);
      await idleStack(clientOf(options, signal), { spec, namespace: stack.namespace, owner });
    },
    remove: async (name, signal) => {
      if (!STACK_NAME.test(name))
        throw new DriverUnavailable(`"${name}" is no name of a stack, so nothing is removed.`);
      around.memory.forget(name);
      const client = clientOf(options, signal);
      return namespace === null ? removeNamespace(client, name) : removeByLabel(client, namespace, name);
    },
    list: async (signal) => findStacks(clientOf(options, signal), namespace),
    images: async (identity, signal) => imagesIn(clientOf(options, signal), namespace, identity),
  };
}

function surroundingsOf(options: KubernetesDriverOptions): Surroundings {
  const cluster: ClusterOptions = { ...options.cluster, suffix: options.suffix };
  const resolve = rememberingResolve(options.resolve ?? resolveHost, options.clock);
  const credentials = options.registryCredentials ?? new Map();
  const translating = { cluster, credentials, resolve, apiServer: apiServerHost(options.kubeConfig) };
  return { options, cluster, translating, memory: createMemory() };
}
