/** What the operator of a local start says: whoever starts it, about this machine alone. */

import type { OperatorSettings, RepositorySettings } from "../../provisioner/settings/operator.ts";
import { repositorySettings } from "../../provisioner/settings/repository.ts";
import type { LocalGitHub } from "../github/stand-in.ts";
import type { ReportApi } from "../report-api.ts";
import { type Change, LOCAL_HOSTS } from "./change.ts";

const GIB = 1024 ** 3;
const DAY_MS = 86_400_000;

/** Of containers, which a local start has none of. */
const LIMITS: OperatorSettings["limits"] = {
  cpus: 2,
  memoryBytes: 4 * GIB,
  services: 10,
  storageBytes: 10 * GIB,
  defaultCpus: 1,
  defaultMemoryBytes: GIB,
  podSecurity: "restricted",
};

const CLUSTER: OperatorSettings["cluster"] = {
  namespace: null,
  reach: { kind: "node-port" },
  gatewayImage: "",
  stripHeaders: [],
  pullSecret: null,
};

export interface Operated {
  readonly change: Change;
  readonly github: Pick<LocalGitHub, "origin" | "token">;
  readonly api: ReportApi;
  readonly port: number;
  readonly webhookSecret: string;
  /** Where people read reports. */
  readonly pagesOrigin: string | null;
}

export function operatorOf({ change, github, api, port, webhookSecret, pagesOrigin }: Operated): OperatorSettings {
  const { id } = change.repository;
  return {
    port,
    host: "127.0.0.1",
    webhookSecrets: [webhookSecret],
    github: { kind: "token", apiUrl: github.origin, token: github.token },
    report: { origin: api.origin, serviceToken: api.serviceToken, headers: {} },
    pagesOrigin,
    suffix: "localhost",
    previewSuffixes: change.version.kind === "address" ? [new URL(change.version.url).origin] : [],
    drivers: ["process", "url"],
    repositories: new Map([[id, repositoryOf(change)]]),
    registries: [],
    limits: LIMITS,
    maxStacks: 10,
    imageWaitMs: 0,
    startLimitMs: 60_000,
    // A start that nobody sends requests through is not done with.
    idleAfterMs: 365 * DAY_MS,
    cluster: CLUSTER,
  };
}

function repositoryOf({ repository, version }: Change): RepositorySettings {
  const process = version.kind === "command" ? { command: version.command, env: {} } : null;
  return repositorySettings({ ...repository, hosts: LOCAL_HOSTS, process });
}
