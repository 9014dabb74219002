/**
 * The scenario's world, every part of it real but GitHub and the registry, which are stand-ins that speak their protocols: Workers,
 * a production app, clients, the provisioner with its webhook server, and the cluster at hand, as its unprivileged user, by a wire that
 * can be cut.
 */

import type { LocalGitHub } from "../../../../infra/local/github/stand-in.ts";
import { startGitHub } from "../../../../infra/local/github/start.ts";
import type { OnCall } from "../../../../infra/provisioner/drivers/kubernetes/client.ts";
import { kubernetesDriver } from "../../../../infra/provisioner/drivers/kubernetes/driver.ts";
import { STACK_ROLE } from "../../../../infra/provisioner/drivers.ts";
import { createLog } from "../../../../infra/provisioner/log.ts";
import { startProvisioner } from "../../../../infra/provisioner/provisioner.ts";
import type { Service } from "../../../../infra/provisioner/service.ts";
import type { OperatorSettings } from "../../../../infra/provisioner/settings/operator.ts";
import { type RegistryStandIn, startRegistry } from "../../../standins/registry/registry.ts";
import { type AtHand, bindRights, type Cuttable, cuttable } from "../at-hand.ts";
import { makeGatewayImage } from "../images.ts";
import { GATEWAY, LIMIT_MS, pause } from "../stacks.ts";
import { makeVersions, startTeams, type Teams } from "./repositories.ts";
import { followRequests, type RequestLog } from "./requests.ts";
import { SERVICE_TOKEN, startWorkers, type Workers } from "./workers.ts";

export const WEBHOOK_SECRET = "secret of the scenario's webhook";
const GIB = 1024 ** 3;
/** Between two requests of a host's clients. */
const CLIENT_MS = 150;
/** A commit without an image is given up after that. */
const IMAGE_WAIT_MS = 5_000;

export interface World {
  readonly github: LocalGitHub;
  readonly teams: Teams;
  readonly workers: Workers;
  readonly provisioner: Service;
  readonly wire: Cuttable;
  readonly requests: RequestLog;
  /** Every call to the API server: `patch apps/deployments`. */
  readonly calls: ReadonlySet<string>;
  /** Statuses of answers to clients that were not production's own. */
  readonly clientFaults: readonly string[];
  /** The last lines the provisioner logged. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

export async function startWorld(atHand: AtHand): Promise<World> {
  const [workers, github, registry, wire] = await Promise.all([
    startWorkers(),
    startGitHub(),
    startRegistry(),
    cuttable(atHand.provisioner),
    makeVersions(),
    makeGatewayImage(GATEWAY),
    bindRights(atHand, "cluster-wide"),
  ]);
  const teams = startTeams({ github, registry, repoId: atHand.repoId });
  const calls = new Set<string>();
  const lines: string[] = [];
  const provisioner = await provision(
    { atHand, workers, github, registry, wire, teams },
    {
      onCall: ({ verb, apiGroup, resource }) => void calls.add(`${verb} ${apiGroup}/${resource}`),
      write: (line) => void lines.push(line),
    },
  );
  github.deliveries.to({ url: `${provisioner.origin}/webhook`, secret: WEBHOOK_SECRET });
  const requests = followRequests(atHand.admin, (namespace) => belongsTo(atHand, namespace));
  const clients = startClients(workers, [teams.shop.host, teams.cafe.host]);
  return {
    github,
    teams,
    workers,
    provisioner,
    wire,
    requests,
    calls,
    clientFaults: clients.faults,
    log: () => lines.slice(-30).join(""),
    close: async () => {
      await clients.stop();
      await provisioner.stop();
      await Promise.all([requests.close(), wire.close(), github.close(), registry.stop(), workers.close()]);
      await teams.forget();
    },
  };
}

/** Whether a namespace is a stack's of this run. */
export function belongsTo({ repoId }: AtHand, namespace: string): boolean {
  return [repoId, repoId + 1].some(
    (id) => namespace.startsWith("shadow-") && namespace.includes(`-${id.toString(36)}`),
  );
}

interface Parts {
  readonly atHand: AtHand;
  readonly workers: Workers;
  readonly github: LocalGitHub;
  readonly registry: RegistryStandIn;
  readonly wire: Cuttable;
  readonly teams: Teams;
}

async function provision(
  parts: Parts,
  { onCall, write }: { readonly onCall: OnCall; readonly write: (line: string) => void },
): Promise<Service> {
  const settings = operator(parts);
  const { cluster, suffix, startLimitMs } = settings;
  const access = { clusterRole: STACK_ROLE, subject: { kind: "User", name: "provisioner" } } as const;
  const { kubeConfig } = parts.wire;
  const driver = kubernetesDriver({ kubeConfig, cluster, suffix, startLimitMs, clock: Date.now, access, onCall });
  const log = createLog({ level: "info", secrets: [WEBHOOK_SECRET, SERVICE_TOKEN], write });
  return startProvisioner({ settings, drivers: [driver], registryCredentials: null, log, local: true });
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
    drivers: ["kubernetes"],
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
      podSecurity: "restricted",
    },
    maxStacks: 20,
    imageWaitMs: IMAGE_WAIT_MS,
    startLimitMs: LIMIT_MS,
    idleAfterMs: 3_600_000,
    cluster: {
      namespace: null,
      // The Workers reach it on this machine.
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
  const state = { open: true };
  const running = hosts.map(async (host) => {
    for (let n = 1; state.open; n += 1) {
      const status = await client(host, `/greeting/${host}/${n}`).catch(String);
      if (status !== 200 && state.open) faults.push(`${host} ${n}: ${status}`);
      await pause(CLIENT_MS);
    }
  });
  return {
    faults,
    stop: async () => {
      state.open = false;
      await Promise.all(running);
    },
  };
}
