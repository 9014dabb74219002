/** The provisioner put together: GitHub's client, the report Worker's, the planner, the loop and the service in front. */
import { readCompose } from "../../core/shadow/compose/read.ts";
import type { Driver } from "./drivers/driver.ts";
import { createGitHub } from "./github/create.ts";
import { readRegistryCredentials } from "./images/credentials.ts";
import { createRegistry } from "./images/registry.ts";
import type { Log } from "./log.ts";
import { readComposeSchema } from "./plan/compose-schema.ts";
import { createPlanner } from "./plan/create.ts";
import { runningBy } from "./plan/running.ts";
import { systemClock } from "./reconcile/clock.ts";
import { createReconciler } from "./reconcile/create.ts";
import { reportClient } from "./report/client.ts";
import { type Service, startService } from "./service.ts";
import type { OperatorSettings } from "./settings/operator.ts";

export interface ProvisionerParts {
  readonly settings: OperatorSettings;
  readonly drivers: readonly Driver[];
  /** docker's `config.json`; null: registries are asked without a name. */
  readonly registryCredentials: string | null;
  readonly log: Log;
  /** Previews and the report may be on this machine: tests and the local start alone. */
  readonly local?: boolean;
}

/** Rejects where the port is taken. Everybody else being down is no reason: the loop comes back to them. */
export function startProvisioner({
  settings,
  drivers,
  registryCredentials,
  log,
  local,
}: ProvisionerParts): Promise<Service> {
  const clock = systemClock;
  const github = createGitHub(settings.github, { repositories: settings.repositories, log, clock: clock.now });
  const report = reportClient(settings.report);
  const credentials = registryCredentials === null ? null : readRegistryCredentials(registryCredentials);
  const registry = createRegistry({ credentials: credentials ?? new Map() });
  const composeSchema = readComposeSchema();
  const running = runningBy(drivers);
  const planner = createPlanner({ github, settings, registry, readCompose, composeSchema, running, local });
  const reconciler = createReconciler({ github, report, planner, drivers, settings, clock, random: Math.random, log });
  return startService({ settings, report, reconciler, log });
}
