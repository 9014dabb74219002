/** Compose files of people with bad intentions, all the way: read, and what is not refused made into objects. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import { cpuMsSince, cpuNow } from "../../../cpu-time.ts";
import { hostileCompose } from "../../../fixtures/compose/hostile.ts";
import { readRepository } from "../compose/repository.ts";
import { stackOf } from "../compose-stack.ts";
import { PLAIN_CLUSTER } from "./cluster-options.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn } from "./objects.ts";

const FILES = 2_000;
/** Reading the worst of them and making objects; an honest file takes some milliseconds. */
const MOST_CPU_MS = 2_000;

const CLUSTER: ClusterOptions = { ...PLAIN_CLUSTER, sharedStorageClass: "many" };

it("2,000 hostile files never yield an object that breaks the level promised, and never hang", () => {
  let made = 0;
  const level = fc.constantFrom("restricted" as const, "baseline" as const);
  fc.assert(
    fc.property(hostileCompose(), level, ({ text }, podSecurity) => {
      const start = cpuNow();
      const read = readRepository({ "compose.yaml": text });
      const result = read.ok ? objectsOf(stackOf(read.value, podSecurity), CLUSTER, NO_ADDRESSES) : null;
      expect(cpuMsSince(start)).toBeLessThan(MOST_CPU_MS);
      if (result === null || !result.ok) return;
      made += 1;
      if (podSecurity === "restricted") expect(result.value.podSecurity).toBe("restricted");
      expect(faultsOf(result.value)).toEqual([]);
      expect(objectsIn(result.value).flatMap(unknownFields)).toEqual([]);
    }),
    { numRuns: FILES },
  );
  expect(made).toBeGreaterThan(0);
});
