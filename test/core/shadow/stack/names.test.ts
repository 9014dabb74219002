/** Names of a stack's objects. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { fittedName, isServiceName, namesOf, ownName } from "../../../../core/shadow/stack/names.ts";

const STACK = "shadow-pr12-k3f9";
const named = (services: readonly string[], shared: string | null = null) => [
  ...namesOf(services, shared).services.values(),
];

it("a name that a cluster can have stays as it is, whoever else wants it", () => {
  expect(named(["Web", "WEB", "web"]).toSorted()[0]).toBe("web");
  expect(namesOf(["Web", "web"], null).services.get("web")).toBe("web");
});

it("others are folded, and told apart by a hash", () => {
  const [first, second, digit] = named(["my_db", "my.db", "3scale"]);
  expect(first).toBe("my-db");
  expect(second).toMatch(/^my-db-[a-z0-9]{8}$/);
  expect(digit).toBe("s-3scale");
});

it("none takes the place of an object of ours or of the base stack", () => {
  expect(named(["shadow-gateway"])).toEqual(["s-shadow-gateway"]);
  expect(named(["base-web"], STACK)).toEqual([`${STACK}-s-base-web`]);
  expect(named(["base-web"])).toEqual(["base-web"]);
  expect(ownName(namesOf([], STACK), "gateway")).toBe(`${STACK}-shadow-gateway`);
});

it("whatever the services are called, each has a name of its own that DNS takes", () => {
  const services = fc.uniqueArray(
    fc.oneof(fc.string({ minLength: 1, maxLength: 90 }), fc.constantFrom("a_b", "a-b", "a.b", "A-b")),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(services, fc.constantFrom(null, STACK), (all, shared) => {
      const names = named(all, shared);
      expect(new Set(names).size).toBe(all.length);
      expect(names.filter((name) => !isServiceName(name))).toEqual([]);
    }),
  );
});

it("what is cut ends in a hash of the whole", () => {
  expect(fittedName("a".repeat(70), 63)).toHaveLength(63);
  expect(fittedName("a".repeat(70), 63)).not.toBe(fittedName("a".repeat(71), 63));
});
