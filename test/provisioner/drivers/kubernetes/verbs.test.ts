import { expect, test } from "vitest";
import { STACK_KINDS } from "../../../../core/shadow/kubernetes/object.ts";
import {
  ALL_RESOURCES,
  NAMESPACE,
  ROLE_BINDING,
  STACK_RESOURCES,
} from "../../../../infra/provisioner/drivers/kubernetes/verbs.ts";
import { startClusterDouble } from "../../../standins/kubernetes/cluster.ts";
import { CLUSTER, driverFor, removeWhole, settle } from "../../../standins/kubernetes/passes.ts";
import { service, sha, spec } from "../../../standins/kubernetes/specs.ts";

const quiet = new AbortController().signal;

test("every kind that the translation makes has a row, with its group, version and plural", () => {
  for (const { kind, apiVersion, resource } of STACK_KINDS) {
    const row = ALL_RESOURCES.find((candidate) => candidate.kind === kind);
    expect({
      kind,
      apiVersion: [row?.apiGroup, row?.version].filter(Boolean).join("/"),
      resource: row?.resource,
    }).toEqual({ kind, apiVersion, resource });
  }
});

test("no call uses a verb that the table does not list, and every namespaced call stays in its stack's namespace", async () => {
  const cluster = await startClusterDouble();
  cluster.store.put("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shadows" } });
  const seen = new Map<string, Set<string>>();
  for (const namespace of [null, "shadows"]) {
    const access = { clusterRole: "stack", subject: { kind: "User", name: "provisioner" } } as const;
    const driver = driverFor(cluster, {
      cluster: { ...CLUSTER, namespace },
      access,
      onCall: ({ verb, resource, namespace: where }) => {
        seen.set(resource, (seen.get(resource) ?? new Set()).add(verb));
        if (resource !== NAMESPACE.resource) expect(where).toMatch(/^shadow/);
      },
    });
    const parts = { workload: { seed: "true", env: { A: "b" }, envServices: ["web"] } };
    await settle(driver, spec(parts));
    const web = namespace === null ? "web" : "shadow-pr12-3mv-web";
    cluster.script(web, { kind: "crash", exitCode: 1 });
    await settle(driver, spec({ ...parts, identity: { sha: sha("b") }, services: [service("web")] }), ["failed"]);
    cluster.script(web, { kind: "fine" });
    await driver.idle(spec(parts), quiet);
    await driver.list(quiet);
    await removeWhole(driver, "shadow-pr12-3mv");
  }
  await cluster.close();
  for (const { resource, verbs } of ALL_RESOURCES)
    expect({
      resource,
      extra: [...(seen.get(resource) ?? [])].filter((verb) => !verbs.some((own) => own === verb)),
    }).toEqual({ resource, extra: [] });
  const looked = [...STACK_RESOURCES.filter(({ kind }) => kind !== "HTTPRoute"), NAMESPACE, ROLE_BINDING];
  expect(looked.map(({ resource }) => resource).filter((resource) => !seen.has(resource))).toEqual([]);
});
