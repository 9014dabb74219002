/**
 * The cluster that KUBECONFIG names, for tests that need a real one: as its administrator, who looks on, and as the unprivileged user
 * `provisioner` (kubeconfig beside it), who has the rights of the manifests and nothing else. Everything made here has a name of its own.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CoreV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  loadAllYaml,
} from "@kubernetes/client-node";
import { engineSocket } from "../scenario/engine.ts";
import { imageCommand } from "../scenario/images.ts";
import { type Wire, wireTo } from "../scenario/wire.ts";

const RBAC = join(import.meta.dirname, "..", "..", "..", "infra", "kubernetes", "rbac");
const USER = { kind: "User", apiGroup: "rbac.authorization.k8s.io", name: "provisioner" } as const;

export interface AtHand {
  readonly admin: KubeConfig;
  /** Has no rights but those that are bound to it. */
  readonly provisioner: KubeConfig;
  /** Apart from all other runs on this cluster. */
  readonly repoId: number;
}

/** Null: there is none, or nothing to make images with; `WHY_NOT` says which. */
export function clusterAtHand(): AtHand | null {
  const file = process.env.KUBECONFIG;
  if (file === undefined || whyNot() !== null) return null;
  return {
    admin: load(file),
    provisioner: load(`${file}.provisioner`),
    repoId: 36 ** 5 + Math.floor(Math.random() * 36 ** 5),
  };
}

/** For the title of what is skipped. */
export function whyNot(): string | null {
  const file = process.env.KUBECONFIG;
  if (file === undefined || !existsSync(file)) return "KUBECONFIG names no API server";
  if (!existsSync(`${file}.provisioner`)) return `there is no ${file}.provisioner of an unprivileged user`;
  if (imageCommand() === null) return "SHADOW_INFRA_TEST_IMAGE_COMMAND does not say how images are made";
  return engineSocket() === null ? "DOCKER_HOST names no engine of this machine" : null;
}

function load(file: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(file);
  return kubeConfig;
}

/** Applies the rights of the manifests, bound to the unprivileged user instead of the service account. */
export async function bindRights(
  { admin }: AtHand,
  mode: "cluster-wide" | "single-namespace",
  namespace?: string,
): Promise<void> {
  const api = KubernetesObjectApi.makeApiClient(admin);
  const files = mode === "cluster-wide" ? ["provisioner.yaml", "stack.yaml"] : ["role.yaml"];
  for (const file of files) {
    for (const object of loadAllYaml(readFileSync(join(RBAC, mode, file), "utf8")) as Bound[]) {
      const metadata = { name: object.metadata?.name, ...(namespace === undefined ? {} : { namespace }) };
      const bound = { ...object, metadata, ...(object.subjects === undefined ? {} : { subjects: [USER] }) };
      await api.patch(bound, undefined, undefined, "test", true, "application/apply-patch+yaml");
    }
  }
}

type Bound = KubernetesObject & { subjects?: unknown };

export async function makeNamespace({ admin }: AtHand, name: string): Promise<void> {
  await KubernetesObjectApi.makeApiClient(admin).create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
}

export async function deleteNamespace({ admin }: AtHand, name: string): Promise<void> {
  await KubernetesObjectApi.makeApiClient(admin)
    .delete({ apiVersion: "v1", kind: "Namespace", metadata: { name } })
    .catch(() => undefined);
}

/** Everything namespaced that a stack could leave behind, by kind and name. */
export async function leftIn({ admin }: AtHand, namespace: string, selector?: string): Promise<readonly string[]> {
  const api = KubernetesObjectApi.makeApiClient(admin);
  const kinds = [
    ["v1", "Pod"],
    ["v1", "Service"],
    ["v1", "ConfigMap"],
    ["v1", "Secret"],
    ["v1", "ServiceAccount"],
    ["v1", "ResourceQuota"],
    ["apps/v1", "Deployment"],
    ["apps/v1", "ReplicaSet"],
    ["batch/v1", "Job"],
    ["networking.k8s.io/v1", "NetworkPolicy"],
    ["networking.k8s.io/v1", "Ingress"],
  ] as const;
  const lists = await Promise.all(
    kinds.map(async ([apiVersion, kind]) => {
      const list = await api.list(apiVersion, kind, namespace, undefined, undefined, undefined, undefined, selector);
      return list.items.map(({ metadata }) => `${kind}/${metadata?.name ?? ""}`);
    }),
  );
  return lists.flat();
}

export async function clusterIpOf({ admin }: AtHand, namespace: string, name: string): Promise<string> {
  const { spec } = await admin.makeApiClient(CoreV1Api).readNamespacedService({ namespace, name });
  return spec?.clusterIP ?? "";
}

export async function hostAliasesIn(
  { admin }: AtHand,
  namespace: string,
  labelSelector: string,
): Promise<readonly unknown[]> {
  const { items } = await admin.makeApiClient(CoreV1Api).listNamespacedPod({ namespace, labelSelector });
  return items.flatMap(({ spec }) => (spec?.hostAliases ?? []).map(({ ip, hostnames }) => ({ ip, hostnames })));
}

/** Names of the Secrets that images can be pulled with, and of the one that each pod is pulled with. */
export async function pullingIn({ admin }: AtHand, namespace: string) {
  const api = admin.makeApiClient(CoreV1Api);
  const [secrets, pods] = await Promise.all([
    api.listNamespacedSecret({ namespace }),
    api.listNamespacedPod({ namespace }),
  ]);
  const own = secrets.items.filter(({ type }) => type === "kubernetes.io/dockerconfigjson");
  return {
    secrets: own.map(({ metadata }) => metadata?.name),
    pods: pods.items.map(({ spec }) => (spec?.imagePullSecrets ?? []).map(({ name }) => name).join()),
  };
}

/** The same cluster behind a wire that can be cut. */
export interface Cuttable extends Wire {
  readonly kubeConfig: KubeConfig;
}

export async function cuttable(kubeConfig: KubeConfig): Promise<Cuttable> {
  const server = new URL(kubeConfig.getCurrentCluster()?.server ?? "");
  const wire = await wireTo({ host: server.hostname, port: Number(server.port) });
  const through = new KubeConfig();
  through.loadFromString(kubeConfig.exportConfig());
  through.clusters = through.clusters.map((cluster) => ({ ...cluster, server: `https://127.0.0.1:${wire.port}` }));
  return { kubeConfig: through, ...wire };
}
