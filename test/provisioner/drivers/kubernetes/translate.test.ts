import { expect, test } from "vitest";
import { clusterIpsOf, translate } from "../../../../infra/provisioner/drivers/kubernetes/translate.ts";
import { PLAIN_CLUSTER } from "../../../core/shadow/kubernetes/cluster-options.ts";
import { dependsOn, service, spec } from "../../../standins/kubernetes/specs.ts";

const cluster = PLAIN_CLUSTER;
const credentials = new Map([
  ["ghcr.io/acme", { username: "robot", password: "one" }],
  ["registry.example.com", { username: "robot", password: "two" }],
  ["other.example.com", { username: "robot", password: "three" }],
]);
const nobody = { cluster, credentials: new Map(), resolve: async () => [], apiServer: null } as const;

test("hosts of egress are looked up and end in a policy as addresses", async () => {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return host === "db.staging.example.com" ? ["192.0.2.10", "192.0.2.11"] : [];
  };
  const egress = ["db.staging.example.com:5432"];
  const translated = await translate(
    { ...nobody, resolve, apiServer: "192.0.2.1" },
    spec({ workload: { egress } }),
    {},
  );
  const text = JSON.stringify(translated);
  expect(asked).toContain("db.staging.example.com");
  expect(text).toContain("192.0.2.10/32");
  expect(text).toContain("192.0.2.11/32");
});

test("a host that turns out to be the API server itself is not opened", async () => {
  const resolve = async (host: string) => (host === "api.cluster.example.com" ? ["192.0.2.1"] : [host]);
  const egress = ["api.cluster.example.com:6443"];
  const translated = await translate(
    { ...nobody, resolve, apiServer: "192.0.2.1" },
    spec({ workload: { egress } }),
    {},
  );
  expect(translated.ok).toBe(true);
  expect(JSON.stringify(translated)).not.toContain("192.0.2.1/32");
});

test("what cannot be translated is a failure with its words", async () => {
  const circle = [service("web", { dependsOn: [dependsOn("web")] })];
  const translated = await translate(nobody, spec({ services: circle }), {});
  expect(translated).toMatchObject({ ok: false, failure: "config-error", words: expect.stringContaining("web") });
});

function pullSecretsOf(translated: Awaited<ReturnType<typeof translate>>): readonly unknown[] {
  if (!translated.ok) return [translated.words];
  const objects = translated.stack.groups.flatMap((group) => group.objects);
  return objects.flatMap(({ type, data = {} }) =>
    type === "kubernetes.io/dockerconfigjson"
      ? [JSON.parse(Buffer.from(data[".dockerconfigjson"] ?? "", "base64").toString())]
      : [],
  );
}

test("a stack pulls with what its own images and the gateway's need, and with nothing else", async () => {
  const one = spec({ image: "ghcr.io/acme/web:1" });
  const own = { auths: { "ghcr.io/acme": { auth: Buffer.from("robot:one").toString("base64") } } };
  const gateway = { "registry.example.com": { auth: Buffer.from("robot:two").toString("base64") } };
  expect(pullSecretsOf(await translate({ ...nobody, credentials }, one, {}))).toEqual([own]);
  const withGateway = { ...cluster, gatewayImage: "registry.example.com/shadow-infra:1" };
  expect(pullSecretsOf(await translate({ ...nobody, credentials, cluster: withGateway }, one, {}))).toEqual([
    { auths: { ...own.auths, ...gateway } },
  ]);
  expect(pullSecretsOf(await translate({ ...nobody, credentials }, spec(), {}))).toEqual([]);
  expect(pullSecretsOf(await translate(nobody, one, {}))).toEqual([]);
});

test("where all stacks share a namespace nothing of the credentials goes there", async () => {
  const shared = { ...cluster, namespace: "shadows", pullSecret: "registry" };
  const translated = await translate(
    { ...nobody, credentials, cluster: shared },
    spec({ image: "ghcr.io/acme/web:1" }),
    {},
  );
  expect(pullSecretsOf(translated)).toEqual([]);
  expect(JSON.stringify(translated)).toContain('"imagePullSecrets":[{"name":"registry"}]');
});

test("a service without an address of the cluster has none to know", () => {
  const services = ["10.96.0.7", "None", ""].map((clusterIP, at) => ({
    metadata: { name: `s${at}` },
    spec: { clusterIP },
  }));
  expect(clusterIpsOf(services)).toEqual({ s0: "10.96.0.7" });
});
