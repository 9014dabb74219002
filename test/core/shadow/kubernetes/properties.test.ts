/** What holds for any stack at all, whoever wrote its compose file. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, type KnownAddresses, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";
import { anyStack } from "../stack/arbitrary-stack.ts";
import { OTHER_SHA } from "../stack/specs.ts";
import { PLAIN_CLUSTER } from "./cluster-options.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn } from "./objects.ts";

/** A stack of five services takes about a millisecond. */
const MOST_CPU_MS = 250;
const RUNS = 240;

const OWN: ClusterOptions = PLAIN_CLUSTER;
const SHARED: ClusterOptions = {
  ...OWN,
  namespace: "shadows",
  reach: { kind: "node-port" },
  sharedStorageClass: "many",
};
const cluster = fc.constantFrom(OWN, SHARED, { ...OWN, sharedStorageClass: "many" });

/** Null: refused, with words. */
function made(spec: StackSpec, options: ClusterOptions): KubernetesStack | null {
  const first = objectsOf(spec, options, NO_ADDRESSES);
  if (!first.ok) {
    expect(first.detail ?? "").toMatch(/\.$/);
    return null;
  }
  const addresses: KnownAddresses = {
    resolved: Object.fromEntries(
      first.value.wants.hosts.map((host) => [host, ["192.0.2.1", "169.254.169.254", "nonsense"]]),
    ),
    clusterIps: Object.fromEntries(first.value.wants.clusterIps.map((name) => [name, "10.96.0.1"])),
  };
  const second = objectsOf(spec, options, addresses);
  return second.ok ? second.value : null;
}

function namesOf(stack: KubernetesStack | null): readonly string[] {
  return stack === null
    ? []
    : objectsIn(stack).map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`);
}

it("no stack breaks the Pod Security it claims, has a fault or a field nobody knows, or takes long", () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyStack, cluster, (spec, options) => {
      const start = cpuNow();
      const stack = made(spec, options);
      expect(cpuMsSince(start)).toBeLessThan(MOST_CPU_MS);
      if (stack === null) return;
      accepted += 1;
      expect(faultsOf(stack)).toEqual([]);
      expect(objectsIn(stack).flatMap(unknownFields)).toEqual([]);
      if (spec.limits.podSecurity === "restricted") expect(stack.podSecurity).toBe("restricted");
      expect(JSON.stringify(objectsIn(stack)).includes('"cidr":"169.254')).toBe(false);
    }),
    { numRuns: RUNS },
  );
  // Otherwise the property says little.
  expect(accepted).toBeGreaterThan(RUNS / 20);
});

it("the same spec gives the same objects", () => {
  fc.assert(
    fc.property(anyStack, cluster, (spec, options) => {
      expect(made(structuredClone(spec), options)).toEqual(made(spec, options));
    }),
    { numRuns: RUNS / 4 },
  );
});

it("every workload awaited is made in an earlier group", () => {
  fc.assert(
    fc.property(anyStack, cluster, (spec, options) => {
      const earlier = new Set<string>();
      for (const { objects, after } of made(spec, options)?.groups ?? []) {
        for (const { workload } of after) expect(earlier).toContain(workload);
        for (const { metadata } of objects) earlier.add(metadata.name);
      }
    }),
    { numRuns: RUNS / 4 },
  );
});

it("stacks of one namespace never share a name, nor do the shadow and the base of one pull request", () => {
  fc.assert(
    fc.property(anyStack, anyStack, fc.boolean(), (one, other, samePull) => {
      const pr = one.identity.pr ?? 7;
      const shadow = { ...one, identity: { ...one.identity, pr, role: "shadow" as const } };
      const base = { ...other.identity, pr, role: "base" as const };
      const second = {
        ...other,
        identity: samePull
          ? { ...base, repoId: one.identity.repoId }
          : { ...other.identity, repoId: one.identity.repoId + 1 },
      };
      const names = namesOf(made(shadow, SHARED));
      for (const name of namesOf(made(second, SHARED))) expect(names).not.toContain(name);
    }),
    { numRuns: RUNS / 2 },
  );
});

it("a push keeps every name but those of jobs", () => {
  fc.assert(
    fc.property(anyStack, cluster, (spec, options) => {
      const pushed = { ...spec, identity: { ...spec.identity, pr: spec.identity.pr ?? 7, sha: OTHER_SHA } };
      const before = { ...spec, identity: { ...spec.identity, pr: spec.identity.pr ?? 7 } };
      const lasting = (one: StackSpec) => namesOf(made(one, options)).filter((name) => !name.startsWith("Job/"));
      expect(lasting(pushed)).toEqual(lasting(before));
    }),
    { numRuns: RUNS / 4 },
  );
});
