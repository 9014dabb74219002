/** What each service of a stack may use. */
import { expect, it } from "vitest";
import { sharesOf } from "../../../../core/shadow/stack/share.ts";
import { LIMITS, service, spec } from "./specs.ts";

const MIB = 1024 * 1024;
const asks = (cpus: number | null, memory: number | null) => ({
  cpus,
  memoryBytes: memory,
  reservedCpus: null,
  reservedMemoryBytes: null,
  pids: null,
});

function sharesIn(services: Parameters<typeof spec>[0], seed: string | null = null) {
  const shares = sharesOf(spec(services, { seed }));
  return shares.ok ? Object.fromEntries(shares.value) : shares.reason;
}

it("a service that asks for nothing gets the operator's default, and is promised a part of it", () => {
  expect(sharesIn([service("a")])).toMatchObject({
    a: { cpuMilli: 500, memoryBytes: 256 * MIB, requestCpuMilli: 50, requestMemoryBytes: 128 * MIB, reduced: false },
  });
});

it("where all ask for too much, all get less in proportion", () => {
  const shares = sharesIn([
    service("a", { resources: asks(4, 3072 * MIB) }),
    service("b", { resources: asks(4, 3072 * MIB) }),
  ]);
  expect(shares).toMatchObject({
    a: { cpuMilli: 2000, memoryBytes: 2048 * MIB, reduced: true },
    b: { cpuMilli: 2000 },
  });
});

it("copies and the seed count", () => {
  const shares = sharesIn([service("a", { replicas: 3, resources: asks(null, 2048 * MIB) })], "seed");
  expect(shares).toMatchObject({ a: { memoryBytes: 1024 * MIB, storageBytes: LIMITS.storageBytes / 4 } });
});

it("many that ask for next to nothing get no more together than a stack may have", () => {
  const many = (memory: number, cpus: number) =>
    Array.from({ length: 20 }, (_, n) => service(`s${n}`, { replicas: 10, resources: asks(cpus, memory) }));
  const limits = { ...LIMITS, cpus: 1, memoryBytes: 512 * MIB };
  const refused = (services: ReturnType<typeof many>) => sharesOf({ ...spec(services), limits });
  expect(refused(many(1, 0.000_001))).toMatchObject({ ok: false, detail: expect.stringContaining("more memory") });
  expect(sharesOf({ ...spec(many(1, 0.000_001)), limits: { ...limits, memoryBytes: 4096 * MIB } })).toMatchObject({
    ok: false,
    detail: expect.stringContaining("more CPU"),
  });
});

it("too little for anybody to start is refused", () => {
  expect(sharesIn(Array.from({ length: 20 }, (_, n) => service(`s${n}`, { replicas: 100 })))).toBe("limits-exceeded");
});

it("numbers that are none count as not said", () => {
  expect(sharesIn([service("a", { resources: asks(Number.NaN, -1) })])).toMatchObject({
    a: { cpuMilli: 500, memoryBytes: 256 * MIB },
  });
});
