/** Which level of Pod Security a stack meets. */
import { describe, expect, it } from "vitest";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { LIMITS, SPECS, service, spec, tcp } from "../stack/specs.ts";
import { PLAIN_CLUSTER } from "./cluster-options.ts";

function made(one: StackSpec): KubernetesStack {
  const result = objectsOf(one, PLAIN_CLUSTER, NO_ADDRESSES);
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail ?? ""}`);
  return result.value;
}

describe("the level of Pod Security", () => {
  it("is restricted where every user is known, even where baseline is allowed", () => {
    const one = spec([service("web", { ports: [tcp(8080)] }), service("db", { image: "postgres:17", user: null })]);
    expect(made({ ...one, limits: { ...LIMITS, podSecurity: "baseline" } }).podSecurity).toBe("restricted");
  });

  it("is baseline, and says so, where an image may run as root", () => {
    const stack = made(SPECS["as-root"] ?? spec([]));
    expect(stack.podSecurity).toBe("baseline");
    expect(stack.notes.map(({ code }) => code)).toContain("may-be-root");
  });
});
