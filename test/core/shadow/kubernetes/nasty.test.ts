/** Allowed compose files that are meant badly, made into objects and into a project: neither holds more than a stack may. */
import type { V1Container, V1PodSpec, V1Volume } from "@kubernetes/client-node";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ComposeProject } from "../../../../core/shadow/compose/project.ts";
import { dockerProjectOf } from "../../../../core/shadow/docker/project-of.ts";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { nastyCompose } from "../../../fixtures/compose/nasty.ts";
import { readRepository } from "../compose/repository.ts";
import { stackOf } from "../compose-stack.ts";
import { LIMITS } from "../stack/specs.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn } from "./objects.ts";

const FILES = 60;
const OWN: ClusterOptions = {
  namespace: null,
  reach: { kind: "ingress", className: null },
  gatewayImage: "gateway:1",
  stripHeaders: [],
  pullSecret: "pull",
  suffix: "shadow.example.com",
  sharedStorageClass: "many",
};
const CLUSTERS = [
  OWN,
  { ...OWN, namespace: "shadows" },
  { ...OWN, reach: { kind: "node-port" }, sharedStorageClass: null },
] as const;
const PREFIX = "shadow-pr12-3mv-";
/** A rounding per container. */
const SLACK = 1.001;

function specOf(project: ComposeProject, podSecurity: "restricted" | "baseline"): StackSpec {
  const made = stackOf(project, podSecurity);
  if (made.workload.kind !== "compose") throw new Error("it is one of a compose file");
  const { entry } = made.workload;
  const further = { env: { DB: "v" }, envServices: [entry.service], seed: "$(HOST)", egress: ["10.0.0.1:5432"] };
  return { ...made, workload: { ...made.workload, ...further } };
}

interface Made {
  readonly kind: string;
  readonly copies: number;
  readonly pod: V1PodSpec;
}

function podsOf(stack: KubernetesStack): readonly Made[] {
  return objectsIn(stack).flatMap(({ kind, spec }) => {
    if (kind !== "Deployment" && kind !== "Job") return [];
    // Plain JSON; its fields are held against the API's tables.
    const { replicas = 1, template } = spec as unknown as { replicas?: number; template: { spec: V1PodSpec } };
    return [{ kind, copies: replicas, pod: template.spec }];
  });
}

function amountOf(text = "0"): number {
  const number = Number.parseFloat(text);
  return text.endsWith("m") ? number / 1_000 : text.endsWith("Mi") ? number * 1024 ** 2 : number;
}

/** Of the programs of the pull request: our own containers have a few megabytes on top. */
function askedFor(pods: readonly Made[], what: "cpu" | "memory" | "ephemeral-storage"): number {
  const own = (one: V1Container) => (one.image === "gateway:1" ? 0 : amountOf(one.resources?.limits?.[what]));
  return pods.reduce((sum, { copies, pod }) => sum + copies * Math.max(0, ...pod.containers.map(own)), 0);
}

/** Volumes of kinds that are ours, with content of objects of this very stack. */
function strangeVolumes(stack: KubernetesStack, volumes: readonly V1Volume[]): readonly string[] {
  const own = new Set(objectsIn(stack).map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  return volumes.flatMap(({ name, ...source }) => {
    const { configMap, secret, persistentVolumeClaim: claim, emptyDir } = source;
    if (Object.keys(source).length === 1 && emptyDir?.sizeLimit !== undefined) return [];
    const reference =
      configMap !== undefined
        ? `ConfigMap/${configMap.name}`
        : secret !== undefined
          ? `Secret/${secret.secretName}`
          : `PersistentVolumeClaim/${claim?.claimName}`;
    return own.has(reference) ? [] : [`${name}: ${Object.keys(source).join(" ")} ${reference}`];
  });
}

function holds(stack: KubernetesStack, cluster: ClusterOptions): void {
  const pods = podsOf(stack);
  expect(faultsOf(stack)).toEqual([]);
  expect(objectsIn(stack).flatMap(unknownFields)).toEqual([]);
  expect(askedFor(pods, "cpu")).toBeLessThanOrEqual(LIMITS.cpus * SLACK);
  expect(askedFor(pods, "memory")).toBeLessThanOrEqual(LIMITS.memoryBytes * SLACK);
  expect(askedFor(pods, "ephemeral-storage")).toBeLessThanOrEqual(LIMITS.storageBytes * SLACK);
  const claims = objectsIn(stack).filter(({ kind }) => kind === "PersistentVolumeClaim");
  const stored = claims.map(({ spec }) => JSON.stringify(spec).match(/"storage":"([^"]+)"/)?.[1]);
  expect(stored.reduce((sum, text) => sum + amountOf(text), 0)).toBeLessThanOrEqual(LIMITS.storageBytes);
  for (const { pod } of pods) {
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(strangeVolumes(stack, pod.volumes ?? [])).toEqual([]);
    const keys = [...pod.containers, ...(pod.initContainers ?? [])].flatMap(({ env, envFrom }) => [
      ...(env ?? []).flatMap(({ valueFrom }) => (valueFrom === undefined ? [] : [valueFrom.secretKeyRef?.name])),
      ...(envFrom ?? []),
    ]);
    for (const key of keys) expect(key).toBe(cluster.namespace === null ? "shadow-env" : `${PREFIX}shadow-env`);
  }
  const text = JSON.stringify(objectsIn(stack));
  for (const word of ["hostPath", "hostNetwork", "hostPort", "169.254.169.254/", "nodeName", "LoadBalancer"])
    expect(text).not.toContain(`${word}"`);
  if (cluster.namespace !== null)
    expect(objectsIn(stack).filter(({ metadata }) => !metadata.name.startsWith(PREFIX))).toEqual([]);
}

/** Every dollar doubled: nothing of the machine's environment is filled in. */
const ALONE = /(?<!\$)\$(?:\$\$)*(?!\$)/;

it("no allowed file makes more of a stack than it may be", () => {
  const made = { objects: 0, projects: 0 };
  const level = fc.constantFrom("restricted" as const, "baseline" as const);
  fc.assert(
    fc.property(nastyCompose(), level, fc.constantFrom(...CLUSTERS), (files, podSecurity, cluster) => {
      const read = readRepository(files);
      if (!read.ok) return;
      const spec = specOf(read.value, podSecurity);
      const stack = objectsOf(spec, cluster, NO_ADDRESSES);
      if (stack.ok) {
        made.objects += 1;
        holds(stack.value, cluster);
      }
      const docker = dockerProjectOf(spec, { gatewayImage: "gateway:1", stripHeaders: [], egress: "open" });
      if (!docker.ok) return;
      made.projects += 1;
      const text = JSON.stringify(docker.value.project);
      expect(text).not.toMatch(
        /"(?:privileged|devices|network_mode|pid|ipc|env_file|extends|build|external|file|secrets)":/,
      );
      expect(text).not.toMatch(/"type":"(?!volume"|tmpfs")/);
      expect(text.match(/"ports":/g)).toHaveLength(1);
      expect(text.replaceAll(/"[^"\\]*":/g, "")).not.toMatch(ALONE);
    }),
    { numRuns: FILES },
  );
  // Otherwise the property says little.
  expect(made.objects).toBeGreaterThan(0);
  expect(made.projects).toBeGreaterThan(0);
});
