import { expect, test } from "vitest";
import { podRefusalOf, refusalOf } from "../../../../infra/provisioner/drivers/kubernetes/refusal.ts";

/** Status, the API's words, and what they mean; words as Kubernetes 1.20 to 1.34 writes them. */
const ANSWERS = [
  [
    403,
    'deployments.apps "web" is forbidden: unable to create new content in namespace a because it is being terminated',
    "later",
  ],
  [404, 'namespaces "a" not found', "later"],
  [403, 'services "web" is forbidden: status unknown for quota: stack, resources: services', "later"],
  [409, "Operation cannot be fulfilled on deployments.apps: the object has been modified", "later"],
  [409, "object is being deleted: configmaps already exists", "later"],
  [422, 'Deployment.apps "web" is invalid: spec.selector: Invalid value: field is immutable', "recreate"],
  [422, 'Service "web" is invalid: spec.clusterIP: Invalid value: "": may not change once set', "recreate"],
  [422, 'PersistentVolumeClaim "v" is invalid: spec: Forbidden: updates to immutable fields are forbidden', "recreate"],
  [403, 'pods "web" is forbidden: exceeded quota: stack, requested: pods=1, used: pods=4, limited: pods=4', "quota"],
  [403, 'pods "web" is forbidden: failed quota: stack: must specify limits.cpu', "quota"],
  [403, 'pods "web" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi', "quota"],
  [403, 'pods "web" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true', "pod-security"],
  [403, 'deployments.apps is forbidden: User "provisioner" cannot patch resource "deployments"', "refused-by-cluster"],
  [400, 'admission webhook "policy.acme" denied the request: no latest tags', "refused-by-cluster"],
  [
    422,
    'Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value',
    "refused-by-cluster",
  ],
  [500, "failed to create typed patch object: .spec.nope: field not declared in schema", "refused-by-cluster"],
] as const;

test.each(ANSWERS)("%i %s means %s", (status, message, means) => {
  const refusal = refusalOf("Deployment web", status, message);
  expect(refusal.kind === "failed" ? refusal.failure : refusal.kind).toBe(means);
  if (refusal.kind !== "recreate") expect(refusal.words).toBe(`Deployment web: ${message}`);
});

test("an answer without words still says its status", () => {
  expect(refusalOf("Secret env", 418, "")).toMatchObject({ words: "Secret env: the cluster answered 418" });
});

test("what a controller may not make is told apart the same way", () => {
  expect(podRefusalOf('pods "web-1" is forbidden: exceeded quota: stack')).toBe("quota");
  expect(podRefusalOf('pods "web-1" is forbidden: violates PodSecurity "restricted:latest": privileged')).toBe(
    "pod-security",
  );
  expect(podRefusalOf("admission webhook denied the request")).toBe("refused-by-cluster");
});
