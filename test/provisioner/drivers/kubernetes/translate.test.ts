import { expect, test } from "vitest";
import { clusterIpsOf, translate } from "../../../../infra/provisioner/drivers/kubernetes/translate.ts";
import { dependsOn, service, spec } from "../../../standins/kubernetes/specs.ts";

const cluster = {
  namespace: null,
  reach: { kind: "ingress", className: null },
  gatewayImage: "gateway:1",
  stripHeaders: [],
  pullSecret: null,
  suffix: "shadow.example.com",
} as const;

test("hosts of egress are looked up and end in a policy as addresses", async () => {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return host === "db.staging.example.com" ? ["192.0.2.10", "192.0.2.11"] : [];
  };
  const egress = ["db.staging.example.com:5432"];
  const translated = await translate({ cluster, resolve, apiServer: "192.0.2.1" }, spec({ workload: { egress } }), {});
  const text = JSON.stringify(translated);
  expect(asked).toContain("db.staging.example.com");
  expect(text).toContain("192.0.2.10/32");
  expect(text).toContain("192.0.2.11/32");
});

test("a host that turns out to be the API server itself is not opened", async () => {
  const resolve = async (host: string) => (host === "api.cluster.example.com" ? ["192.0.2.1"] : [host]);
  const egress = ["api.cluster.example.com:6443"];
  const translated = await translate({ cluster, resolve, apiServer: "192.0.2.1" }, spec({ workload: { egress } }), {});
  expect(translated.ok).toBe(true);
  expect(JSON.stringify(translated)).not.toContain("192.0.2.1/32");
});

test("what cannot be translated is a failure with its words", async () => {
  const circle = [service("web", { dependsOn: [dependsOn("web")] })];
  const translated = await translate(
    { cluster, resolve: async () => [], apiServer: null },
    spec({ services: circle }),
    {},
  );
  expect(translated).toMatchObject({ ok: false, failure: "config-error", words: expect.stringContaining("web") });
});

test("a service without an address of the cluster has none to know", () => {
  const services = ["10.96.0.7", "None", ""].map((clusterIP, at) => ({
    metadata: { name: `s${at}` },
    spec: { clusterIP },
  }));
  expect(clusterIpsOf(services)).toEqual({ s0: "10.96.0.7" });
});
