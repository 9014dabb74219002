/** What stacks of the scenario leave on the cluster: looked at when they are gone, and taken away when a test failed. */
import { CoreV1Api, RbacAuthorizationV1Api } from "@kubernetes/client-node";
import { containersWith } from "../../scenario/engine.ts";
import { belongsTo } from "../../scenario/operator.ts";
import type { AtHand } from "../at-hand.ts";

/** Takes away what a test that failed left on the cluster; a run that went well leaves nothing to be done. */
export async function sweep(atHand: AtHand): Promise<void> {
  const core = atHand.admin.makeApiClient(CoreV1Api);
  const { items } = await core.listNamespace();
  const left = items.flatMap(({ metadata }) =>
    belongsTo(atHand.repoId, metadata?.name ?? "") ? [metadata?.name ?? ""] : [],
  );
  await Promise.all(left.map(async (name) => core.deleteNamespace({ name }).catch(() => undefined)));
}

/** Whatever there still is of the stacks of this run whose names have `part` in them: namespaces, role bindings, containers. */
export async function leftOf(atHand: AtHand, part: string): Promise<readonly string[]> {
  const core = atHand.admin.makeApiClient(CoreV1Api);
  const rbac = atHand.admin.makeApiClient(RbacAuthorizationV1Api);
  const isOf = (text = "") => belongsTo(atHand.repoId, text) && text.includes(part);
  const [namespaces, bindings, containers] = await Promise.all([
    core.listNamespace(),
    rbac.listRoleBindingForAllNamespaces(),
    containersWith(part),
  ]);
  return [
    ...namespaces.items
      .filter(({ metadata }) => isOf(metadata?.name))
      .map(({ metadata }) => `Namespace ${metadata?.name}`),
    ...bindings.items
      .filter(({ metadata }) => isOf(metadata?.namespace))
      .map(({ metadata }) => `RoleBinding ${metadata?.namespace}/${metadata?.name}`),
    ...containers.map((name) => `container ${name}`),
  ];
}
