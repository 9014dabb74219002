/** Whole stacks, from spec to objects: golden files, and what holds for each of them. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../core/shadow/kubernetes/object.ts";
import { objectsOf } from "../../../../core/shadow/kubernetes/objects-of.ts";
import { type ClusterOptions, type KnownAddresses, NO_ADDRESSES } from "../../../../core/shadow/kubernetes/options.ts";
import type { KubernetesStack } from "../../../../core/shadow/kubernetes/stack.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { expectGolden } from "../golden.ts";
import { LIMITS, OTHER_SHA, project, SHA, SPECS, service, spec, tcp, withFiles } from "../stack/specs.ts";
import { unknownFields } from "./known-fields.ts";
import { faultsOf, objectsIn, podsIn } from "./objects.ts";

const CLUSTER: ClusterOptions = {
  namespace: null,
  reach: { kind: "ingress", className: "nginx" },
  gatewayImage: "registry.example.com/shadow-infra:1",
  stripHeaders: ["cf-access-client-id", "cf-access-client-secret"],
  pullSecret: "pull",
  suffix: "shadow.example.com",
  ingressNamespace: "ingress-nginx",
  sharedStorageClass: "many",
};
const SHARED: ClusterOptions = {
  ...CLUSTER,
  namespace: "shadows",
  reach: { kind: "gateway", name: "edge", namespace: "gateways" },
};

/** As a driver does: ask, look up, ask again. */
function looked(one: StackSpec, cluster: ClusterOptions): KubernetesStack {
  const first = made(one, cluster, NO_ADDRESSES);
  const addresses: KnownAddresses = {
    resolved: Object.fromEntries(first.wants.hosts.map((host) => [host, ["192.0.2.8", "169.254.169.254"]])),
    clusterIps: Object.fromEntries(first.wants.clusterIps.map((name, at) => [name, `10.96.0.${at + 1}`])),
  };
  return made(one, cluster, addresses);
}

function made(one: StackSpec, cluster = CLUSTER, addresses = NO_ADDRESSES): KubernetesStack {
  const result = objectsOf(one, cluster, addresses);
  if (!result.ok) throw new Error(`${result.reason}: ${result.detail ?? ""}`);
  return result.value;
}

function refusal(one: StackSpec, cluster = CLUSTER): string {
  const result = objectsOf(one, cluster, NO_ADDRESSES);
  return result.ok ? "none" : result.reason;
}

const named = (stack: KubernetesStack, id: string) =>
  objectsIn(stack).find(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
const podOf = (stack: KubernetesStack, workload: string) =>
  podsIn(stack).find(({ metadata }) => metadata.labels?.["shadow-infra.dev/workload"]?.startsWith(workload))?.spec;

const PREVIEW: StackSpec = { ...spec([]), workload: { kind: "preview", origin: null } };

describe("every stack", () => {
  for (const [name, one] of Object.entries(SPECS)) {
    for (const [way, cluster] of [
      ["own", CLUSTER],
      ["shared", SHARED],
    ] as const) {
      it(`is what it was when somebody last looked: ${name}, ${way} namespace`, () => {
        const stack = looked(withFiles(one), cluster);
        expectGolden(`${name}.${way}.yaml`, stack);
        expect(stack.wants).toEqual({ hosts: [], clusterIps: [] });
      });

      it(`has no fault and no field that the API does not know: ${name}, ${way} namespace`, () => {
        const stack = looked(withFiles(one), cluster);
        expect(faultsOf(stack)).toEqual([]);
        expect(objectsIn(stack).flatMap(unknownFields)).toEqual([]);
      });
    }
  }

  it("is told apart from one with a field nobody knows", () => {
    const [object] = objectsIn(made(SPECS["one-service"] ?? spec([])));
    const odd = { ...object, spec: { ...(object?.spec as JsonObject), hostNetwrk: true } };
    expect(unknownFields({ ...odd, kind: "Namespace" } as never)).toEqual(["Namespace.spec.hostNetwrk"]);
  });
});

describe("names", () => {
  it("stay the same over a push, but for jobs", () => {
    const names = (sha: string) => {
      const one = withFiles(SPECS["job-before-server"] ?? spec([]));
      return objectsIn(looked({ ...one, identity: { ...one.identity, sha } }, CLUSTER))
        .filter(({ kind }) => kind !== "Job")
        .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    };
    expect(names(OTHER_SHA)).toEqual(names(SHA));
  });

  it("of a job change with the commit and with a retry", () => {
    const one = SPECS["job-before-server"] ?? spec([]);
    const jobs = [one, { ...one, attempt: "7" }, { ...one, identity: { ...one.identity, sha: OTHER_SHA } }].map(
      (each) => looked(each, CLUSTER).workloads.find(({ service: name }) => name === "migrate")?.name,
    );
    expect(new Set(jobs).size).toBe(3);
  });

  it("are the service's own where a cluster has such names, so that a database is found as db", () => {
    expect(named(looked(SPECS["web-and-database"] ?? spec([]), CLUSTER), "Service/db")).toBeDefined();
  });

  it("a cluster cannot have lead to the service by the pods' hosts files", () => {
    const stack = looked(SPECS["odd-names"] ?? spec([]), CLUSTER);
    const line = podOf(stack, "quiet")?.hostAliases?.find(({ hostnames }) => hostnames?.includes("3scale"));
    expect(line?.ip).toBe("10.96.0.1");
    expect(stack.notes.filter(({ code }) => code === "unreachable-name").map(({ service: name }) => name)).toContain(
      "My_Web",
    );
  });

  it("of pods wait until the addresses are known", () => {
    const stack = made(SPECS["odd-names"] ?? spec([]));
    expect(stack.wants.clusterIps).toEqual(["s-3scale", "my-web"]);
    expect(stack.groups.at(-1)?.step).toBe("services");
  });
});

describe("dependencies", () => {
  const stack = looked(SPECS["job-before-server"] ?? spec([]), CLUSTER);
  const group = (name: string) =>
    stack.groups.find(({ objects }) =>
      objects.some(({ kind, metadata }) => kind === "Deployment" && metadata.name === name),
    );

  it("that have to end are jobs, awaited before what depends on them is made", () => {
    const job = stack.workloads.find(({ service: name }) => name === "migrate");
    expect(job).toMatchObject({ kind: "Job", until: "completed" });
    expect(group("api")?.after).toContainEqual({ workload: job?.name, until: "completed", required: true });
  });

  it("that only have to be started are awaited in the pod, at their port", () => {
    expect(podOf(stack, "api")?.initContainers?.[0]?.command).toEqual(["node", "/app/wait.mjs", "cache:6379"]);
  });

  it("that are not required hold nobody up", () => {
    expect(group("api")?.after).toContainEqual({ workload: "mailer", until: "ready", required: false });
  });

  it("in a circle are refused", () => {
    const on = (name: string) => [{ service: name, condition: "started", required: true }] as const;
    const result = objectsOf(
      spec([service("a", { ports: [tcp(1)], dependsOn: on("b") }), service("b", { dependsOn: on("a") })]),
      CLUSTER,
      NO_ADDRESSES,
    );
    expect(result).toMatchObject({
      ok: false,
      reason: "dependency-cycle",
      detail: expect.stringContaining("a -> b -> a"),
    });
  });

  it("the gateway comes last, after every service and the seed", () => {
    const seeded = looked(SPECS["web-and-database"] ?? spec([]), CLUSTER);
    expect(seeded.groups.at(-1)?.step).toBe("gateway");
    expect(seeded.groups.at(-1)?.after.map(({ until }) => until)).toEqual(["ready", "ready", "completed"]);
  });
});

describe("the network", () => {
  it("opens addresses of egress and never those that serve credentials", () => {
    const stack = looked(SPECS["web-and-database"] ?? spec([]), CLUSTER);
    const text = JSON.stringify(named(stack, "NetworkPolicy/shadow-egress"));
    expect(text).toContain("192.0.2.8/32");
    expect(text).toContain("192.0.2.7/32");
    expect(text).not.toContain("169.254");
  });

  it.each([
    ["169.254.169.254:80"],
    ["127.0.0.1:6443"],
    ["10.0.0.1:443"],
    ["*.example.com:443"],
    ["nowhere.example.com:443"],
  ])("stays closed for %s, and says so", (address) => {
    const one = spec([service("web", { ports: [tcp(8080)] })], { egress: [address] });
    const stack = made(one, CLUSTER, {
      resolved: { "nowhere.example.com": [] },
      clusterIps: {},
      apiServer: ["10.0.0.1"],
    });
    expect(named(stack, "NetworkPolicy/shadow-egress")).toBeUndefined();
    expect(stack.notes.map(({ code }) => code)).toEqual(["egress-closed"]);
  });

  it("asks for the addresses of names, also of those that every object has", () => {
    const one = spec([service("constructor", { ports: [tcp(8080)], aliases: ["a.b"] })], {
      egress: ["constructor:5432"],
    });
    expect(made(one).wants).toEqual({ hosts: ["constructor"], clusterIps: ["constructor"] });
  });
});

describe("what is refused by name", () => {
  const volume = { kind: "volume", volume: "v", subpath: null, target: "/v", readOnly: false } as const;
  const web = (says: Parameters<typeof service>[1]) => spec([service("web", { ports: [tcp(8080)], ...says })]);
  const noStorage = { ...CLUSTER, sharedStorageClass: null };

  it.each([
    [
      "a volume that two services write to",
      "shared-volume",
      spec([service("a", { mounts: [volume] }), service("b", { mounts: [volume] })]),
    ],
    ["a volume that copies of a service write to", "shared-volume", web({ mounts: [volume], replicas: 2 })],
    ["root where it is not allowed", "user-root", web({ user: "0:1000" })],
    ["a user by name", "user-name", web({ user: "app" })],
    ["a mount over the system's folders", "mount-target", web({ mounts: [{ ...volume, target: "/proc/x" }] })],
    ["a mount that climbs", "mount-target", web({ mounts: [{ ...volume, target: "/a/../etc" }] })],
    ["a folder of a volume that climbs", "mount-target", web({ mounts: [{ ...volume, subpath: "../x" }] })],
    [
      "files that climb",
      "mount-target",
      web({ mounts: [{ kind: "files", target: "/f", readOnly: true, files: [{ path: "../x", content: "" }] }] }),
    ],
    [
      "files that are too big",
      "files-too-big",
      web({
        mounts: [{ kind: "files", target: "/f", readOnly: true, files: [{ path: "", content: "ü".repeat(500_001) }] }],
      }),
    ],
    [
      "a file nobody has",
      "file-unknown",
      web({ mounts: [{ kind: "project-file", target: "/f", file: "x", mode: null, readOnly: true }] }),
    ],
    ["a variable with a blank", "env-name", web({ environment: { "A B": "1" } })],
    ["a zero byte", "env-name", web({ environment: { A: "\0" } })],
    [
      "a dependency that is not there",
      "dependency-unknown",
      web({ dependsOn: [{ service: "x", condition: "started", required: true }] }),
    ],
    [
      "a name with an underscore that another service uses",
      "service-name",
      spec([service("my_db"), service("web", { environment: { URL: "postgres://my_db/x" } })]),
    ],
    [
      "no image",
      "no-image",
      { ...spec([]), workload: { ...spec([service("web")]).workload, images: {} } } as StackSpec,
    ],
    ["nobody who answers", "entry-unknown", spec([service("web")], { entry: { service: "x", port: 80 } })],
    ["too many services", "too-many-services", { ...web({}), limits: { ...LIMITS, services: 0 } }],
    [
      "too little memory for all",
      "limits-exceeded",
      { ...spec([service("a"), service("b")]), limits: { ...LIMITS, memoryBytes: 1_000_000 } },
    ],
    ["what is no compose file", "not-compose", PREVIEW],
  ])("%s", (_, reason, one) => {
    expect(refusal(one, noStorage)).toBe(reason);
  });

  it("not a volume that everybody only reads: it is empty for all", () => {
    const reads = { ...volume, readOnly: true };
    expect(refusal(spec([service("a", { mounts: [reads] }), service("b", { mounts: [reads] })]), noStorage)).toBe(
      "none",
    );
  });
});

it("shares what the stack may have, in proportion, and says so", () => {
  const big = { cpus: 4, memoryBytes: LIMITS.memoryBytes, reservedCpus: null, reservedMemoryBytes: null, pids: null };
  const stack = made(spec([service("a", { ports: [tcp(8080)], resources: big }), service("b", { resources: big })]));
  expect(podOf(stack, "a")?.containers[0]?.resources?.limits).toMatchObject({ cpu: "2000m", memory: "2048Mi" });
  expect(stack.notes.map(({ code }) => code)).toEqual(["less-resources", "less-resources"]);
});

it("a project's secrets are Secrets, in base64 of their UTF-8", () => {
  const one = withFiles(SPECS["files-and-volumes"] ?? spec([]));
  const secret = named(made(one), "Secret/shadow-file-0");
  expect(Buffer.from(secret?.data?.content ?? "", "base64").toString()).toBe("of the tests, ü€😀");
  expect(project([]).files).toEqual([]);
});

it("jobs whose names are alike for as long as a name may be stay two", () => {
  const [one, two] = [`${"j".repeat(62)}a`, `${"j".repeat(62)}b`];
  const jobs = [one, two].map((name) => service(name, { restart: "no" }));
  const stack = made(spec([service("web", { ports: [tcp(80)] }), ...jobs]));
  const names = objectsIn(stack).flatMap(({ kind, metadata }) => (kind === "Job" ? [metadata.name] : []));
  expect(new Set(names).size).toBe(2);
  expect(faultsOf(stack)).toEqual([]);
});
