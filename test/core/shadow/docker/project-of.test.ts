/** What docker compose is handed: golden files, and what no repository can put into it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DockerModel, DockerOptions } from "../../../../core/shadow/docker/options.ts";
import { dockerProjectOf } from "../../../../core/shadow/docker/project-of.ts";
import type { StackSpec } from "../../../../core/shadow/stack/spec.ts";
import { stackOf } from "../compose-stack.ts";
import { expectGolden } from "../golden.ts";
import { publicProjects } from "../public-compose.ts";
import { anyStack } from "../stack/arbitrary-stack.ts";
import { LIMITS, SPECS, service, spec, tcp, withFiles } from "../stack/specs.ts";

const OPTIONS: DockerOptions = {
  gatewayImage: "registry.example.com/shadow-infra:1",
  stripHeaders: ["cf-access-client-id"],
  egress: "open",
};

/** Every key a service may have: what is not here is nobody's to ask for. */
const KEYS = new Set([
  "image",
  "pull_policy",
  "entrypoint",
  "command",
  "security_opt",
  "cap_drop",
  "cap_add",
  "logging",
  "environment",
  "networks",
  "restart",
  "depends_on",
  "healthcheck",
  "deploy",
  "volumes",
  "configs",
  "read_only",
  "user",
  "group_add",
  "working_dir",
  "hostname",
  "stop_grace_period",
  "stop_signal",
  "shm_size",
  "tty",
  "stdin_open",
  "extra_hosts",
  "ports",
]);
const TOP_KEYS = ["configs", "name", "networks", "services", "volumes"];

function model(one: StackSpec, options = OPTIONS): DockerModel {
  const made = dockerProjectOf(one, options);
  if (!made.ok) throw new Error(`${made.reason}: ${made.detail ?? ""}`);
  return made.value;
}

interface Service {
  readonly ports?: readonly string[];
  readonly security_opt: readonly string[];
  readonly cap_drop: readonly string[];
  readonly volumes?: readonly { readonly type: string }[];
  readonly extra_hosts?: readonly string[];
  readonly deploy: { readonly resources: { readonly limits: { readonly memory: string; readonly pids: number } } };
}

/** Everything that is wrong with a project, in words. */
function faultsOf({ project, gateway }: DockerModel): readonly string[] {
  // Plain JSON, of which these fields are looked at.
  const services = Object.entries(project.services) as unknown as readonly (readonly [string, Service])[];
  return [
    ...(Object.keys(project).toSorted().join() === TOP_KEYS.join() ? [] : ["top-level keys"]),
    ...(project.networks.inside?.internal === true ? [] : ["the network leads outside"]),
    ...(JSON.stringify(project.networks.inside).includes('"com.docker.network.bridge.inhibit_ipv4":"true"')
      ? []
      : ["the machine has an address on the network"]),
    ...services.flatMap(([name, one]) => [
      ...Object.keys(one)
        .filter((key) => !KEYS.has(key))
        .map((key) => `${name}.${key}`),
      ...((one.ports === undefined) === (name !== gateway) ? [] : [`${name} has ports`]),
      ...(one.security_opt.includes("no-new-privileges:true") && one.cap_drop.includes("ALL")
        ? []
        : [`${name} may gain rights`]),
      ...(one.volumes ?? [])
        .filter((volume) => !["volume", "tmpfs"].includes(volume.type))
        .map(() => `${name} mounts the machine`),
      ...(Number(one.deploy.resources.limits.memory) > 0 && one.deploy.resources.limits.pids > 0
        ? []
        : [`${name} has no limits`]),
      ...(one.extra_hosts ?? [])
        .filter((line) => (line.split("=")[1] ?? "").includes("gateway"))
        .map(() => `${name} knows the machine`),
      ...(variableIn(one) ? [`${name} has a variable`] : []),
    ]),
    ...(variableIn(project.configs) ? ["configs have a variable"] : []),
  ];
}

/** A dollar that is not doubled. */
function variableIn(value: unknown): boolean {
  if (typeof value === "string") return value.replaceAll("$$", "").includes("$");
  return typeof value === "object" && value !== null && Object.values(value).some(variableIn);
}

describe("every stack", () => {
  it.each(Object.entries(SPECS))("is what it was when somebody last looked: %s", (name, one) => {
    const made = model(withFiles(one));
    expectGolden(`${name}.docker.yaml`, made);
    expect(faultsOf(made)).toEqual([]);
  });

  it.each(publicProjects())("has no fault: the public %s", (_, project) => {
    expect(faultsOf(model(stackOf(project, "restricted")))).toEqual([]);
  });

  it("of anyone at all has nothing but what is listed here, twice the same", () => {
    fc.assert(
      fc.property(anyStack, (one) => {
        const made = dockerProjectOf(one, OPTIONS);
        expect(made.ok || made.detail?.endsWith(".")).toBe(true);
        if (!made.ok) return;
        expect(faultsOf(made.value)).toEqual([]);
        expect(dockerProjectOf(structuredClone(one), OPTIONS)).toEqual(made);
      }),
      { numRuns: 300 },
    );
  });
});

describe("egress", () => {
  const one = spec([service("web", { ports: [tcp(8080)] })], { egress: ["db.example.com:5432"] });

  it("is refused where the operator keeps stacks in", () => {
    expect(dockerProjectOf(one, { ...OPTIONS, egress: "closed" })).toMatchObject({ ok: false, reason: "egress" });
  });

  it("is the way out of the whole stack where the operator opens it, and of no other stack", () => {
    expect(Object.keys(model(one).project.services.web?.networks ?? {})).toEqual(["inside", "outside"]);
    const none = spec([service("web", { ports: [tcp(8080)] })]);
    expect(Object.keys(model(none).project.services.web?.networks ?? {})).toEqual(["inside"]);
  });
});

it("starts what answers again, whatever its file says, and jobs as their file says", () => {
  const once = { restart: "no" } as const;
  const { services } = model(spec([service("web", once), service("db"), service("load", once)])).project;
  expect([services.web?.restart, services.db?.restart, services.load?.restart]).toEqual(["always", "always", "no"]);
});

it.each([
  ["a name that is the gateway's", "service-name", spec([service("shadow-gateway")])],
  ["a name that compose does not take", "service-name", spec([service("a b")])],
  [
    "a mount over the system's folders",
    "mount-target",
    spec([service("web", { mounts: [{ kind: "anonymous", target: "/proc/shm", readOnly: false }] })]),
  ],
  ["too many services", "too-many-services", { ...spec([service("web")]), limits: { ...LIMITS, services: 0 } }],
  ["nobody who answers", "entry-unknown", spec([service("web")], { entry: { service: "x", port: 1 } })],
])("refuses %s", (_, reason, one) => {
  expect(dockerProjectOf(one, OPTIONS)).toMatchObject({ ok: false, reason });
});
