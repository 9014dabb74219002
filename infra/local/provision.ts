/** What the provisioner does for a pull request, done by the launcher: registers the shadow, keeps its lease, closes it. */
import { randomBytes } from "node:crypto";
import type { ConfiguredRegistration } from "../../core/config/registration.ts";
import type { DeploymentPutBody } from "../../core/wire/api/deployments.ts";
import { LEASE_RENEWAL_MS } from "../../core/wire/sync.ts";
import { closeDeployment, type ReportApi, registerDeployment, renewLease } from "./report-api.ts";
import type { Screen } from "./screen.ts";

export interface Provisioned {
  readonly id: string;
  /** Ends the lease and closes the deployment. The data stays. */
  readonly close: () => Promise<void>;
}

/** A closing that takes longer is given up: the lease ends by itself. */
const CLOSE_LIMIT_MS = 3_000;

export type NewDeployment = Pick<DeploymentPutBody, "repository" | "pull" | "shadowOrigin" | "rate" | "controlShare"> &
  Partial<ConfiguredRegistration>;

/** Each start is a deployment of its own. What was collected before stays beside it. */
export async function provision(api: ReportApi, deployment: NewDeployment, screen: Screen): Promise<Provisioned> {
  const headSha = randomBytes(20).toString("hex");
  const id = `${deployment.repository.id}-${deployment.pull.number}-${headSha.slice(0, 12)}`;
  const hosts = ["localhost", "127.0.0.1"];
  await registerDeployment(api, id, { ...deployment, headSha, hosts });
  await renewLease(api, id);
  const renewing = setInterval(() => {
    renewLease(api, id).catch((error: unknown) => screen.say(`The lease could not be renewed: ${String(error)}`));
  }, LEASE_RENEWAL_MS);
  return {
    id,
    async close() {
      clearInterval(renewing);
      const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
      await Promise.race([closeDeployment(api, id).catch(() => undefined), limit]);
    },
  };
}
