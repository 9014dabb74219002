/** The Secret that a stack's images are pulled with: where it is made, who names it, and that no pod can read it. */
import { describe, expect, it } from "vitest";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import { SPECS, spec, withFiles } from "../stack/specs.ts";
import { PLAIN_CLUSTER } from "./cluster-options.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn, podsIn } from "./objects.ts";

const CONFIG = '{"auths":{"ghcr.io":{"auth":"x"}}}';
const CLUSTER: ClusterOptions = { ...PLAIN_CLUSTER, pullConfig: CONFIG, sharedStorageClass: "many" };

function made(parts: Partial<ClusterOptions>, one = SPECS["one-service"] ?? spec([])): KubernetesStack {
  const result = objectsOf(withFiles(one), { ...CLUSTER, ...parts }, NO_ADDRESSES);
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail ?? ""}`);
  return result.value;
}

const secretsOf = (stack: KubernetesStack) =>
  objectsIn(stack).filter(({ type }) => type === "kubernetes.io/dockerconfigjson");
const namedBy = (stack: KubernetesStack) => objectsIn(stack).flatMap(({ imagePullSecrets = [] }) => imagePullSecrets);

describe("the pull secret", () => {
  it("is made in a namespace of the stack's own, before what pulls with it, and the account names it", () => {
    const stack = made({});
    expect(secretsOf(stack)).toMatchObject([{ kind: "Secret", metadata: { name: "shadow-pull" } }]);
    const [secret] = secretsOf(stack);
    expect(Buffer.from(secret?.data?.[".dockerconfigjson"] ?? "", "base64").toString()).toBe(CONFIG);
    expect(namedBy(stack)).toEqual([{ name: "shadow-pull" }]);
    const kinds = objectsIn(stack).map(({ kind }) => kind);
    expect(kinds.indexOf("Secret")).toBeLessThan(kinds.indexOf("ServiceAccount"));
    expect(objectsIn(stack).flatMap(unknownFields)).toEqual([]);
  });

  it("has the operator's name for it", () => {
    const stack = made({ pullSecret: "registry" });
    expect(secretsOf(stack).map(({ metadata }) => metadata.name)).toEqual(["registry"]);
    expect(namedBy(stack)).toEqual([{ name: "registry" }]);
  });

  it.each([
    ["all stacks share a namespace", { namespace: "shadows", pullSecret: "registry" }],
    ["no image needs one", { pullConfig: null, pullSecret: "registry" }],
  ])("is the operator's own where %s", (_when, parts) => {
    const stack = made(parts);
    expect(secretsOf(stack)).toEqual([]);
    expect(namedBy(stack)).toEqual([{ name: "registry" }]);
  });

  it.each([
    ["all stacks share a namespace", { namespace: "shadows" }],
    ["no image needs one", { pullConfig: null }],
  ])("is nowhere named where %s and the operator names none", (_when, parts) => {
    const stack = made(parts);
    expect(secretsOf(stack)).toEqual([]);
    expect(namedBy(stack)).toEqual([]);
  });

  it.each(Object.entries(SPECS))("is in reach of no pod: %s", (_name, one) => {
    const stack = made({}, one);
    expect(faultsOf(stack)).toEqual([]);
    expect(secretsOf(stack)).toHaveLength(1);
    expect(JSON.stringify(podsIn(stack))).not.toContain("shadow-pull");
  });
});
