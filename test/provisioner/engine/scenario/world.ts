/**
 * The scenario's world on a container engine, every part of it real but GitHub and the registry, which are stand-ins that speak their
 * protocols: Workers, a production app, clients, the provisioner with its webhook server, and the engine by a wire that can be cut.
 */
import type { FileChanges, LocalGitHub } from "../../../../infra/local/github/stand-in.ts";
import { startGitHub } from "../../../../infra/local/github/start.ts";
import { createDockerDriver } from "../../../../infra/provisioner/drivers/docker/create.ts";
import type { Driver } from "../../../../infra/provisioner/drivers/driver.ts";
import { createLog } from "../../../../infra/provisioner/log.ts";
import { startProvisioner } from "../../../../infra/provisioner/provisioner.ts";
import type { Service } from "../../../../infra/provisioner/service.ts";
import type { OperatorSettings } from "../../../../infra/provisioner/settings/operator.ts";
import { type RegistryStandIn, startRegistry } from "../../../standins/registry/registry.ts";
import { engineCall, engineSocket } from "../../cluster/engine.ts";
import { makeGatewayImage } from "../../cluster/images.ts";
import { COMPOSE, makeVersions, startTeams, type Teams } from "../../cluster/scenario/repositories.ts";
import type { RequestLog } from "../../cluster/scenario/requests.ts";
import { SERVICE_TOKEN, startWorkers, type Workers } from "../../cluster/scenario/workers.ts";
import { WEBHOOK_SECRET } from "../../cluster/scenario/world.ts";
import { pause } from "../../cluster/stacks.ts";
import { followRequests } from "./requests.ts";
import { type Wire, wireTo } from "./wire.ts";

const GATEWAY = "shadow-infra-test/engine-gateway:1";
const GIB = 1024 ** 3;
/** Between two requests of a host's clients. */
const CLIENT_MS = 150;
/** A commit without an image is given up after that. */
const IMAGE_WAIT_MS = 3_000;
const START_LIMIT_MS = 90_000;

export interface World {
  /** The first team's repository; the second one's is the next number. Apart from all other runs on this engine. */
  readonly repoId: number;
  readonly github: LocalGitHub;
  readonly teams: Teams;
  readonly workers: Workers;
  readonly provisioner: Service;
  readonly wire: Wire;
  readonly requests: RequestLog;
  /** Statuses of answers to clients that were not production's own. */
  readonly clientFaults: readonly string[];
  /** Stops the provisioner as SIGTERM does, and starts another that knows nothing of the first. */
  readonly restart: () => Promise<void>;
  /** The last lines the provisioner logged. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** `environment` is where docker compose is found. */
export async function startWorld(environment: Readonly<Record<string, string | undefined>>): Promise<World> {
  const repoId = 36 ** 5 + Math.floor(Math.random() * 36 ** 5);
  const [workers, github, registry, wire] = await Promise.all([
    startWorkers(),
    startGitHub(),
    startRegistry(),
    wireTo(engineSocket() ?? ""),
    makeVersions(),
    makeGatewayImage(GATEWAY),
  ]);
  const teams = startTeams({ github, registry, repoId });
  for (const { repository } of [teams.shop, teams.cafe]) repository.push({ files: files("web") });
  const lines: string[] = [];
  const start = async () =>
    provision({ workers, github, registry, wire, teams, environment, write: (line) => void lines.push(line) });
  let provisioner = await start();
  const deliver = () => github.deliveries.to({ url: `${provisioner.origin}/webhook`, secret: WEBHOOK_SECRET });
  deliver();
  const requests = followRequests((stack) => belongsTo(repoId, stack));
  const clients = startClients(workers, [teams.shop.host, teams.cafe.host]);
  return {
    repoId,
    github,
    teams,
    workers,
    get provisioner() {
      return provisioner;
    },
    wire,
    requests,
    clientFaults: clients.faults,
    restart: async () => {
      await provisioner.stop();
      provisioner = await start();
      deliver();
    },
    log: () => lines.slice(-30).join(""),
    close: async () => {
      await clients.stop();
      await provisioner.stop();
      await Promise.all([requests.close(), wire.close(), github.close(), registry.stop(), workers.close()]);
      await removeAll(repoId, environment);
      await teams.forget();
    },
  };
}

/** As a team writes it for an engine, where a new volume belongs to root: the rows lie beside it. */
export function files(command: "web" | "crash"): FileChanges {
  return { "compose.yaml": COMPOSE(command).replace("DATA: /data", "DATA: /tmp") };
}

/** Whether a name is a stack's of this run. */
function belongsTo(repoId: number, name: string): boolean {
  return [repoId, repoId + 1].some((id) => name.startsWith("shadow-") && name.includes(`-${id.toString(36)}`));
}

/** Whatever there still is on the engine that has `part` in its name: containers, networks, volumes. */
export async function leftOf(part: string): Promise<readonly string[]> {
  const [containers, networks, volumes] = await Promise.all(
    ["/containers/json?all=1", "/networks", "/volumes"].map(async (path) => engineCall("GET", path)),
  );
  // The engine's own forms.
  const names = [
    ...(JSON.parse(containers ?? "") as { readonly Names: readonly string[] }[]).flatMap(({ Names }) => Names),
    ...(JSON.parse(networks ?? "") as { readonly Name: string }[]).map(({ Name }) => Name),
    ...(
      (JSON.parse(volumes ?? "") as { readonly Volumes: readonly { readonly Name: string }[] | null }).Volumes ?? []
    ).map(({ Name }) => Name),
  ];
  return names.filter((name) => name.includes(part));
}

/** For a run that failed half-way. */
async function removeAll(repoId: number, environment: Parts["environment"]): Promise<void> {
  const never = new AbortController().signal;
  const driver = driverAt(environment["DOCKER_HOST"] ?? "", environment);
  const stacks = (await driver.list(never)).filter(({ name }) => belongsTo(repoId, name));
  for (const { name } of stacks) while ((await driver.remove(name, never)) !== "gone");
}

interface Parts {
  readonly workers: Workers;
  readonly github: LocalGitHub;
  readonly registry: RegistryStandIn;
  readonly wire: Wire;
  readonly teams: Teams;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
}

async function provision(parts: Parts): Promise<Service> {
  const { wire, environment, write } = parts;
  const log = createLog({ level: "info", secrets: [WEBHOOK_SECRET, SERVICE_TOKEN], write });
  const drivers = [driverAt(wire.dockerHost, environment)];
  return startProvisioner({ settings: operator(parts), drivers, registryCredentials: null, log, local: true });
}

function driverAt(dockerHost: string, environment: Parts["environment"]): Driver {
  const driver = createDockerDriver({
    options: { gatewayImage: GATEWAY, stripHeaders: [], egress: "closed" },
    startLimitMs: START_LIMIT_MS,
    environment: { ...environment, DOCKER_HOST: dockerHost },
  });
  if ("problem" in driver) throw new Error(driver.problem);
  return driver;
}

function operator({ workers, github, registry, teams }: Parts): OperatorSettings {
  return {
    port: 0,
    host: "127.0.0.1",
    webhookSecrets: [WEBHOOK_SECRET],
    github: { kind: "token", apiUrl: github.origin, token: github.token },
    report: { origin: workers.reportOrigin, serviceToken: SERVICE_TOKEN, headers: {} },
    pagesOrigin: "https://reports.example.com",
    suffix: "shadow.test.example",
    previewSuffixes: [],
    drivers: ["docker"],
    repositories: teams.settings,
    registries: [registry.host],
    // A fifth of a core would make Node's own start the slowest part.
    limits: {
      cpus: 3,
      memoryBytes: 4 * GIB,
      services: 10,
      storageBytes: 10 * GIB,
      defaultCpus: 1,
      defaultMemoryBytes: GIB / 4,
      podSecurity: "baseline",
    },
    maxStacks: 20,
    imageWaitMs: IMAGE_WAIT_MS,
    startLimitMs: START_LIMIT_MS,
    idleAfterMs: 3_600_000,
    cluster: {
      namespace: null,
      reach: { kind: "node-port" },
      gatewayImage: GATEWAY,
      stripHeaders: [],
      pullSecret: null,
    },
  };
}

/** Clients of each host, one request after the other, for as long as the world lasts. */
function startClients({ client }: Workers, hosts: readonly string[]) {
  const faults: string[] = [];
  const over = new AbortController();
  const running = hosts.map(async (host) => {
    for (let n = 1; !over.signal.aborted; n += 1) {
      const status = await client(host, `/greeting/${host}/${n}`).catch(String);
      if (status !== 200 && !over.signal.aborted) faults.push(`${host} ${n}: ${status}`);
      await pause(CLIENT_MS);
    }
  });
  return {
    faults,
    stop: async () => {
      over.abort();
      await Promise.all(running);
    },
  };
}
