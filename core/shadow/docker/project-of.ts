/**
 * From a stack's spec to the project that docker compose is handed: the sanitised model, never the repository's own file. Services see
 * each other on a network that leads nowhere else; only the gateway has a port, on this machine's own address.
 */
import type { Result } from "../../pair/result.ts";
import { stackNameOf, stampOf } from "../stack/identity.ts";
import { mountRefusal } from "../stack/mount-refusal.ts";
import { inOrder } from "../stack/order.ts";
import { sharesOf } from "../stack/share.ts";
import type { ComposeWorkload, StackSpec } from "../stack/spec.ts";
import { mountsOf } from "./mounts.ts";
import type { DockerModel, DockerOptions, DockerPart } from "./options.ts";
import { CONTAINER_RULES, serviceOf } from "./service.ts";
import { escapedAll } from "./text.ts";

export type DockerRefusal =
  | "not-compose"
  | "no-image"
  | "too-many-services"
  | "limits-exceeded"
  | "dependency-cycle"
  | "dependency-unknown"
  | "entry-unknown"
  | "mount-target"
  | "files-too-big"
  | "file-unknown"
  | "service-name"
  | "env-name"
  | "egress";

/** Services of the stack and the gateway. */
const INSIDE = "inside";
/**
 * Without it the machine has an address on that network, and whatever listens on all of its addresses can be reached there.
 * https://docs.docker.com/engine/network/drivers/bridge/#options
 */
const NO_WAY_TO_US = { "com.docker.network.bridge.inhibit_ipv4": "true" };
/** Gives the gateway its port; services only where the operator lets stacks out. */
const OUTSIDE = "outside";
const GATEWAY = "shadow-gateway";
const GATEWAY_PORT = 8080;
const HEALTH_PORT = 8081;
/** Belongs to nobody in any image. */
const OWN_USER = "65532:65532";
const HEALTH_TEST = `fetch('http://127.0.0.1:${HEALTH_PORT}/_shadow/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;

/** A refusal's `detail` is a sentence for people. Needs docker compose 2.23.1 or newer: contents of files come inside the project. */
export function dockerProjectOf(spec: StackSpec, options: DockerOptions): Result<DockerModel, DockerRefusal> {
  const { workload } = spec;
  if (workload.kind !== "compose")
    return { ok: false, reason: "not-compose", detail: `There is no compose file to run, but a ${workload.kind}.` };
  const refused = refusalOf(workload, spec.limits.services, options);
  if (refused !== null) return refused;
  const ordered = inOrder(workload.project.services);
  if (!ordered.ok) return ordered;
  const shares = sharesOf(spec);
  if (!shares.ok) return shares;
  const isOut = options.egress === "open" && workload.egress.length > 0;
  const networks = isOut ? [INSIDE, OUTSIDE] : [INSIDE];
  const parts = workload.project.services.flatMap((service) => {
    const share = shares.value.get(service.name);
    const mounts = mountsOf(service, workload);
    return share === undefined ? [] : [{ service, share, mounts, workload, networks }];
  });
  const contents = parts.flatMap(({ mounts }) => Object.entries(mounts.contents));
  return {
    ok: true,
    value: {
      gateway: GATEWAY,
      project: {
        name: stackNameOf(spec.identity),
        services: {
          ...Object.fromEntries(parts.map((part) => [part.service.name, serviceOf(part)])),
          [GATEWAY]: gatewayOf(spec, workload, options),
        },
        networks: {
          [INSIDE]: { driver: "bridge", internal: true, driver_opts: NO_WAY_TO_US },
          [OUTSIDE]: { driver: "bridge" },
        },
        volumes: Object.fromEntries(parts.flatMap(({ mounts }) => mounts.named.map((name) => [name, {}]))),
        configs: Object.fromEntries(
          contents.map(([name, { content = "" }]) => [name, { content: escapedAll(content) }]),
        ),
      },
    },
  };
}

function gatewayOf({ identity }: StackSpec, { entry }: ComposeWorkload, options: DockerOptions): DockerPart {
  return {
    ...CONTAINER_RULES,
    image: options.gatewayImage,
    pull_policy: "missing",
    command: ["node", "/app/gateway.mjs"],
    environment: {
      TARGET: `${entry.service}:${entry.port}`,
      STAMP: stampOf(identity),
      STRIP_HEADERS: options.stripHeaders.join(","),
      PORT: String(GATEWAY_PORT),
      HEALTH_PORT: String(HEALTH_PORT),
    },
    user: OWN_USER,
    read_only: true,
    networks: { [INSIDE]: {}, [OUTSIDE]: {} },
    // On a free port of this machine's own address.
    ports: [`127.0.0.1::${GATEWAY_PORT}`],
    restart: "always",
    healthcheck: {
      test: ["CMD", "node", "-e", HEALTH_TEST],
      interval: "2s",
      timeout: "2s",
      retries: 15,
    },
    deploy: { replicas: 1, resources: { limits: { cpus: "0.500", memory: "100663296", pids: 64 } } },
  };
}

function refusalOf(workload: ComposeWorkload, most: number, { egress }: DockerOptions): Refused | null {
  const { services } = workload.project;
  if (services.length > most)
    return refuse(
      "too-many-services",
      `The file has ${services.length} services, and a stack may have ${most}. Leave some out with x-shadow or profiles.`,
    );
  if (!services.some(({ name }) => name === workload.entry.service))
    return refuse("entry-unknown", `The stack has no service "${workload.entry.service}" that could answer.`);
  if (workload.egress.length > 0 && egress === "closed")
    return refuse(
      "egress",
      "The stack asks to reach addresses outside, which a container engine cannot limit to those. Remove stack.egress, use a cluster, or have the operator open the way out.",
    );
  for (const service of services) {
    const { name, environment } = service;
    // Compose's own pattern of names; ours is the gateway's.
    if (!/^[a-zA-Z0-9._-]{1,200}$/.test(name) || name === GATEWAY || name === "__proto__")
      return refuse(
        "service-name",
        `"${name}" cannot be the name of a service here. Use another of letters, digits and dashes.`,
      );
    if (!Object.hasOwn(workload.images, name) || !/^[^\s\0-\x1f]{1,1000}$/.test(workload.images[name] ?? ""))
      return refuse("no-image", `There is no image for the service "${name}".`);
    const wrong = Object.entries(environment).find(
      ([key, value]) => !/^[^=$\0]{1,1000}$/.test(key) || value.includes("\0"),
    );
    if (wrong !== undefined)
      return refuse(
        "env-name",
        `"${name}" has the variable "${wrong[0]}", which no program can read. Use letters, digits and underscores.`,
      );
    const mounts = mountRefusal(service, workload.project.files);
    if (mounts !== null) return mounts;
  }
  return null;
}

interface Refused {
  readonly ok: false;
  readonly reason: DockerRefusal;
  readonly detail: string;
}

function refuse(reason: DockerRefusal, detail: string): Refused {
  return { ok: false, reason, detail };
}
