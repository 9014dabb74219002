/** Stacks of the test's shop on the cluster at hand: their specs, the loop that brings them up and down, and how they are asked. */

import { setTimeout as pause } from "node:timers/promises";
import { stackNameOf } from "../../../core/shadow/stack/identity.ts";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import { type Driver, DriverUnavailable, type StackStanding } from "../../../infra/provisioner/drivers/driver.ts";
import { kubernetesDriver } from "../../../infra/provisioner/drivers/kubernetes/driver.ts";
import type { KubernetesDriverOptions } from "../../../infra/provisioner/drivers/kubernetes/options.ts";
import { dependsOn, type SpecParts, service, spec as specOf } from "../../standins/kubernetes/specs.ts";
import { LIMIT_MS } from "../scenario/look.ts";
import type { AtHand } from "./at-hand.ts";
import type { Ingress } from "./ingress.ts";

export const ONE = "shadow-infra-test/shop:1";
export const TWO = "shadow-infra-test/shop:2";
export const GATEWAY = "shadow-infra-test/gateway:1";

const SUFFIX = "shadow.test.example";
/** Between two passes. */
const STEP_MS = 250;

const quiet = new AbortController().signal;

export const DB = service("db", {
  command: ["node", "/app/db.mjs"],
  ports: [{ port: 5432, protocol: "tcp" }],
  environment: { DATA: "/data" },
  mounts: [{ kind: "volume", volume: "rows", subpath: null, target: "/data", readOnly: false }],
  healthcheck: {
    // Without a program of its own to start: on a busy machine that alone would take longer than the check may.
    test: { kind: "shell", command: "test -e /tmp/accepts-connections" },
    intervalMs: 2_000,
    timeoutMs: 3_000,
    retries: 5,
    startPeriodMs: 30_000,
    startIntervalMs: 500,
  },
});
export const WEB = service("web", { command: ["node", "/app/web.mjs"], dependsOn: [dependsOn("db")] });

/** As the unprivileged user, with the rights that the manifests give. */
export function driverOf(
  { provisioner }: AtHand,
  parts: Partial<KubernetesDriverOptions> = {},
  namespace: string | null = null,
): Driver {
  const access = { clusterRole: "shadow-infra-stack", subject: { kind: "User", name: "provisioner" } } as const;
  return kubernetesDriver({
    kubeConfig: provisioner,
    cluster: {
      namespace,
      reach: { kind: "ingress", className: null },
      gatewayImage: GATEWAY,
      stripHeaders: ["cf-access-client-id"],
      pullSecret: null,
    },
    suffix: SUFFIX,
    startLimitMs: LIMIT_MS,
    clock: Date.now,
    access: namespace === null ? access : null,
    ...parts,
  });
}

export function shop({ repoId }: AtHand, pr: number, parts: SpecParts = {}): StackSpec {
  const spec = specOf({ image: ONE, services: [DB, WEB], ...parts, identity: { repoId, pr, ...parts.identity } });
  // A fifth of a core would make Node's own start the slowest part.
  return { ...spec, limits: { ...spec.limits, cpus: 3, defaultCpus: 1 } };
}

/**
 * Where stacks share a namespace, the name `db` comes by a line in each pod's hosts file. Small kubelets for tests leave those out, so
 * the app is told the Service's own name, and the line is looked for in the pod.
 */
export function shopInOne(atHand: AtHand, pr: number, parts: SpecParts = {}): StackSpec {
  const name = stackNameOf(shop(atHand, pr, parts).identity);
  return shop(atHand, pr, { ...parts, services: [DB, { ...WEB, environment: { DB_HOST: `${name}-db` } }] });
}

/** Pass after pass. An API server that is away for a moment is waited for, as the provisioner's loop does. */
export async function until(
  driver: Driver,
  spec: StackSpec,
  states: readonly StackStanding["state"][] = ["ready"],
): Promise<StackStanding> {
  const end = performance.now() + LIMIT_MS;
  let last = "nothing was seen";
  while (performance.now() < end) {
    const standing = await driver.ensure(spec, quiet).catch(unavailable);
    if (typeof standing !== "string" && states.includes(standing.state)) return standing;
    last = JSON.stringify(standing);
    await pause(STEP_MS);
  }
  throw new Error(`${stackNameOf(spec.identity)} is not ${states.join(" or ")}: ${last}`);
}

export async function removed(driver: Driver, spec: StackSpec): Promise<void> {
  const name = stackNameOf(spec.identity);
  const end = performance.now() + LIMIT_MS;
  while ((await driver.remove(name, quiet).catch(unavailable)) !== "gone") {
    if (performance.now() > end) throw new Error(`${name} is not gone`);
    await pause(STEP_MS);
  }
}

function unavailable(error: unknown): string {
  if (error instanceof DriverUnavailable) return error.message;
  throw error;
}

/** An ingress controller follows its cluster with a delay. */
const INGRESS_MS = 10_000;

/** What the shop says through its gateway, as the edge asks it; with the stamp of the answer. */
export async function answerOf(ingress: Ingress, standing: StackStanding, path = "/greeting") {
  if (standing.state !== "ready") throw new Error(`It is not ready: ${JSON.stringify(standing)}`);
  const { hostname } = new URL(standing.origin);
  const ask = async () => ingress.fetch(hostname, path, { "cf-access-client-id": "of the edge" });
  const end = performance.now() + INGRESS_MS;
  let answer = await ask();
  while (answer.status !== 200 && performance.now() < end) {
    await pause(STEP_MS);
    answer = await ask();
  }
  const { status, headers, body } = answer;
  if (status !== 200) throw new Error(`${hostname} answered ${status}: ${body}`);
  return { stamp: headers["x-shadow-infra-deployment"], ...JSON.parse(body) };
}
