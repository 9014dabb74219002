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
import { startRegistry } from "../../../standins/registry/registry.ts";
import { startClients } from "../../scenario/clients.ts";
import { engineCall, engineSocket } from "../../scenario/engine.ts";
import { makeGatewayImage } from "../../scenario/images.ts";
import type { Seeing } from "../../scenario/look.ts";
import { belongsTo, type Met, operatorOf, WEBHOOK_SECRET } from "../../scenario/operator.ts";
import { COMPOSE, makeVersions, startTeams } from "../../scenario/repositories.ts";
import { type Wire, wireTo } from "../../scenario/wire.ts";
import { SERVICE_TOKEN, startWorkers } from "../../scenario/workers.ts";
import { followRequests } from "./requests.ts";

const GATEWAY = "shadow-infra-test/engine-gateway:1";
/** A commit without an image is given up after that. */
const IMAGE_WAIT_MS = 3_000;
const START_LIMIT_MS = 90_000;

export interface World extends Seeing {
  /** The first team's repository; the second one's is the next number. Apart from all other runs on this engine. */
  readonly repoId: number;
  readonly github: LocalGitHub;
  readonly provisioner: Service;
  readonly wire: Wire;
  /** Statuses of answers to clients that were not production's own. */
  readonly clientFaults: readonly string[];
  /** Stops the provisioner as SIGTERM does, and starts another that knows nothing of the first. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `environment` is where docker compose is found. */
export async function startWorld(environment: Readonly<Record<string, string | undefined>>): Promise<World> {
  const repoId = 36 ** 5 + Math.floor(Math.random() * 36 ** 5);
  const [workers, github, registry, wire] = await Promise.all([
    startWorkers(),
    startGitHub(),
    startRegistry(),
    wireTo({ path: engineSocket() ?? "" }),
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

interface Parts extends Met {
  readonly wire: Wire;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly write: (line: string) => void;
}

async function provision(parts: Parts): Promise<Service> {
  const { wire, environment, write } = parts;
  const log = createLog({ level: "info", secrets: [WEBHOOK_SECRET, SERVICE_TOKEN], write });
  const drivers = [driverAt(`tcp://127.0.0.1:${wire.port}`, environment)];
  const settings = operatorOf(parts, {
    driver: "docker",
    gatewayImage: GATEWAY,
    podSecurity: "baseline",
    startLimitMs: START_LIMIT_MS,
    imageWaitMs: IMAGE_WAIT_MS,
  });
  return startProvisioner({ settings, drivers, registryCredentials: null, log, local: true });
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
