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
import { startRegistry } from "../../../standins/registry/registry.ts";
import { startClients } from "../../scenario/clients.ts";
import { makeGatewayImage } from "../../scenario/images.ts";
import { LIMIT_MS, type Seeing } from "../../scenario/look.ts";
import { belongsTo, type Met, operatorOf, WEBHOOK_SECRET } from "../../scenario/operator.ts";
import { makeVersions, startTeams } from "../../scenario/repositories.ts";
import { SERVICE_TOKEN, startWorkers } from "../../scenario/workers.ts";
import { type AtHand, bindRights, type Cuttable, cuttable } from "../at-hand.ts";
import { GATEWAY } from "../stacks.ts";
import { followRequests } from "./requests.ts";

/** A commit without an image is given up after that. */
const IMAGE_WAIT_MS = 5_000;

export interface World extends Seeing {
  readonly github: LocalGitHub;
  readonly provisioner: Service;
  readonly wire: Cuttable;
  /** Every call to the API server: `patch apps/deployments`. */
  readonly calls: ReadonlySet<string>;
  /** Statuses of answers to clients that were not production's own. */
  readonly clientFaults: readonly string[];
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
    { workers, github, registry, wire, teams },
    {
      onCall: ({ verb, apiGroup, resource }) => void calls.add(`${verb} ${apiGroup}/${resource}`),
      write: (line) => void lines.push(line),
    },
  );
  github.deliveries.to({ url: `${provisioner.origin}/webhook`, secret: WEBHOOK_SECRET });
  const requests = followRequests(atHand.admin, (namespace) => belongsTo(atHand.repoId, namespace));
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

interface Parts extends Met {
  readonly wire: Cuttable;
}

async function provision(
  parts: Parts,
  { onCall, write }: { readonly onCall: OnCall; readonly write: (line: string) => void },
): Promise<Service> {
  const settings = operatorOf(parts, {
    driver: "kubernetes",
    gatewayImage: GATEWAY,
    podSecurity: "restricted",
    startLimitMs: LIMIT_MS,
    imageWaitMs: IMAGE_WAIT_MS,
  });
  const { cluster, suffix, startLimitMs } = settings;
  const access = { clusterRole: STACK_ROLE, subject: { kind: "User", name: "provisioner" } } as const;
  const { kubeConfig } = parts.wire;
  const driver = kubernetesDriver({ kubeConfig, cluster, suffix, startLimitMs, clock: Date.now, access, onCall });
  const log = createLog({ level: "info", secrets: [WEBHOOK_SECRET, SERVICE_TOKEN], write });
  return startProvisioner({ settings, drivers: [driver], registryCredentials: null, log, local: true });
}
