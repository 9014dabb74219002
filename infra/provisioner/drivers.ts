/**
 * The drivers that the operator's file switches on, each with what it needs of the settings. Only those are loaded: the client of
 * Kubernetes alone takes a second.
 */
import type { Driver, DriverName } from "./drivers/driver.ts";
import { processDriver } from "./drivers/process/driver.ts";
import { urlDriver } from "./drivers/url/driver.ts";
import { readRegistryCredentials } from "./images/credentials.ts";
import type { ProvisionerSettings } from "./settings/read.ts";

export type MadeDrivers =
  | { readonly ok: true; readonly drivers: readonly Driver[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The ClusterRole of the manifests that the provisioner binds to itself in each namespace it makes. */
export const STACK_ROLE = "shadow-infra-stack";

/** Processes of one provisioner on this machine are told from another's by it. */
const PROCESS_OWNER = "shadow-infra-provisioner";

type Made = Driver | { readonly problem: string };
type Environment = Readonly<Record<string, string | undefined>>;

const MAKERS: Readonly<Record<DriverName, (settings: ProvisionerSettings, env: Environment) => Promise<Made>>> = {
  kubernetes: makeKubernetes,
  docker: makeDocker,
  url: async () => urlDriver(),
  process: async () => processDriver({ owner: PROCESS_OWNER }),
};

/** `env` reaches cluster and engine: KUBECONFIG is read by the client itself, DOCKER_HOST and PATH are handed on. */
export async function makeDrivers(settings: ProvisionerSettings, env: Environment): Promise<MadeDrivers> {
  const made = await Promise.all(settings.operator.drivers.map((name) => MAKERS[name](settings, env)));
  const problems = made.flatMap((one) => ("problem" in one ? [one.problem] : []));
  const drivers = made.flatMap((one) => ("problem" in one ? [] : [one]));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, drivers };
}

async function makeKubernetes({ operator, account, registryCredentials: text }: ProvisionerSettings): Promise<Made> {
  const [{ kubernetesDriver }, { readKubeConfig }] = await Promise.all([
    import("./drivers/kubernetes/driver.ts"),
    import("./drivers/kubernetes/kube-config.ts"),
  ]);
  const kubeConfig = clusterOrWhy(readKubeConfig);
  if (typeof kubeConfig === "string") return { problem: kubeConfig };
  const { cluster, suffix, startLimitMs } = operator;
  // In a namespace that all share, the rights are given by the manifests.
  const access =
    account === null || cluster.namespace !== null
      ? null
      : { clusterRole: STACK_ROLE, subject: { kind: "ServiceAccount", ...account } as const };
  const registryCredentials = text === null ? null : readRegistryCredentials(text);
  return kubernetesDriver({
    kubeConfig,
    cluster,
    registryCredentials,
    suffix,
    startLimitMs,
    clock: Date.now,
    access,
  });
}

async function makeDocker({ operator, dockerEgress }: ProvisionerSettings, environment: Environment): Promise<Made> {
  const { createDockerDriver } = await import("./drivers/docker/create.ts");
  const { gatewayImage, stripHeaders } = operator.cluster;
  const options = { gatewayImage, stripHeaders, egress: dockerEgress };
  return createDockerDriver({ options, startLimitMs: operator.startLimitMs, environment });
}

function clusterOrWhy<T>(read: () => T | null): T | string {
  try {
    return (
      read() ??
      "Nothing names a cluster for the driver kubernetes. Set KUBECONFIG, run it in a pod with a service account, or take the driver out of the operator's file."
    );
  } catch (error) {
    return `The cluster's configuration cannot be read: ${error instanceof Error ? error.message : String(error)}. See KUBECONFIG.`;
  }
}
