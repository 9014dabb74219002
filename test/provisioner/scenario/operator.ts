/** What the operator of a scenario's provisioner says: the same whatever its stacks run on, but for what differs by that. */
import type { StackLimits } from "../../../core/shadow/stack/spec.ts";
import type { LocalGitHub } from "../../../infra/local/github/stand-in.ts";
import type { DriverName } from "../../../infra/provisioner/drivers/driver.ts";
import type { OperatorSettings } from "../../../infra/provisioner/settings/operator.ts";
import type { RegistryStandIn } from "../../standins/registry/registry.ts";
import type { Teams } from "./repositories.ts";
import { SERVICE_TOKEN, type Workers } from "./workers.ts";

export const WEBHOOK_SECRET = "secret of the scenario's webhook";
const GIB = 1024 ** 3;

/** The parts of a world that the provisioner meets. */
export interface Met {
  readonly workers: Workers;
  readonly github: LocalGitHub;
  readonly registry: RegistryStandIn;
  readonly teams: Teams;
}

interface Differing {
  readonly driver: DriverName;
  readonly gatewayImage: string;
  readonly podSecurity: StackLimits["podSecurity"];
  readonly startLimitMs: number;
  /** A commit without an image is given up after that. */
  readonly imageWaitMs: number;
}

export function operatorOf({ workers, github, registry, teams }: Met, differing: Differing): OperatorSettings {
  const { driver, gatewayImage, podSecurity, startLimitMs, imageWaitMs } = differing;
  return {
    port: 0,
    host: "127.0.0.1",
    webhookSecrets: [WEBHOOK_SECRET],
    github: { kind: "token", apiUrl: github.origin, token: github.token },
    report: { origin: workers.reportOrigin, serviceToken: SERVICE_TOKEN, headers: {} },
    pagesOrigin: "https://reports.example.com",
    suffix: "shadow.test.example",
    previewSuffixes: [],
    drivers: [driver],
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
      podSecurity,
    },
    maxStacks: 20,
    imageWaitMs,
    startLimitMs,
    idleAfterMs: 3_600_000,
    // A port of the node: the Workers reach it on this machine.
    cluster: { namespace: null, reach: { kind: "node-port" }, gatewayImage, stripHeaders: [], pullSecret: null },
  };
}

/** Whether a name is a stack's of the run that has this repository and the next one. */
export function belongsTo(repoId: number, name: string): boolean {
  return [repoId, repoId + 1].some((id) => name.startsWith("shadow-") && name.includes(`-${id.toString(36)}`));
}
