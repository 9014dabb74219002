/** The loop of a test: pass after pass until something holds, as the provisioner's own loop would do, without its waiting. */
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import type { Driver, StackStanding } from "../../../infra/provisioner/drivers/driver.ts";
import { kubernetesDriver } from "../../../infra/provisioner/drivers/kubernetes/driver.ts";
import type { KubernetesDriverOptions } from "../../../infra/provisioner/drivers/kubernetes/options.ts";
import type { ClusterDouble } from "./cluster.ts";

export const CLUSTER: KubernetesDriverOptions["cluster"] = {
  namespace: null,
  reach: { kind: "ingress", className: null },
  gatewayImage: "gateway:1",
  stripHeaders: ["cf-access-client-id"],
  pullSecret: null,
};

export const START_LIMIT_MS = 600_000;

const quiet = new AbortController().signal;

export function driverFor(double: ClusterDouble, parts: Partial<KubernetesDriverOptions> = {}): Driver {
  return kubernetesDriver({
    kubeConfig: double.kubeConfig,
    cluster: CLUSTER,
    suffix: "shadow.example.com",
    startLimitMs: START_LIMIT_MS,
    clock: () => double.clock.now,
    resolve: async () => [],
    callTimeoutMs: 2_000,
    ...parts,
  });
}

/** A stack that takes more passes than that is stuck. */
const MOST_PASSES = 40;

/** Every standing until the state is one of these, the last one included. */
export async function passesUntil(
  driver: Driver,
  spec: StackSpec,
  states: readonly StackStanding["state"][] = ["ready"],
): Promise<readonly StackStanding[]> {
  const seen: StackStanding[] = [];
  while (seen.length < MOST_PASSES) {
    const standing = await driver.ensure(spec, quiet);
    seen.push(standing);
    if (states.includes(standing.state)) return seen;
  }
  throw new Error(`Not ${states.join(" or ")} after ${MOST_PASSES} passes: ${JSON.stringify(seen.at(-1))}`);
}

export async function settle(
  driver: Driver,
  spec: StackSpec,
  states?: readonly StackStanding["state"][],
): Promise<StackStanding> {
  const last = (await passesUntil(driver, spec, states)).at(-1);
  if (last === undefined) throw new Error("There was no pass.");
  return last;
}

export async function removeWhole(driver: Driver, name: string): Promise<number> {
  for (let looks = 1; looks < MOST_PASSES; looks += 1) if ((await driver.remove(name, quiet)) === "gone") return looks;
  throw new Error(`${name} is not gone after ${MOST_PASSES} looks.`);
}
