/** Which cluster, and who we are there: KUBECONFIG, `~/.kube/config`, or the service account of the pod. Apart, because it reads the disk. */
import { KubeConfig } from "@kubernetes/client-node";

/** What the client falls back to where nothing names a cluster. It is never meant. */
const NOWHERE = "http://localhost:8080";

/** Null: nothing names a cluster. Throws where a file is named that cannot be read. */
export function readKubeConfig(): KubeConfig | null {
  const config = new KubeConfig();
  config.loadFromDefault();
  const server = config.getCurrentCluster()?.server ?? NOWHERE;
  return server === NOWHERE ? null : config;
}
