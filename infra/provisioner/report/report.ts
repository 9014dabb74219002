/** What the provisioner tells and asks the report Worker, where all its state lives. Every call may be repeated. */
import type { DeliveryPost } from "../../../core/wire/api/deliveries.ts";
import type { Deployment, DeploymentPutBody, DeploymentStatePost } from "../../../core/wire/api/deployments.ts";

export interface Report {
  /** `known`: this delivery was told before. */
  readonly recordDelivery: (delivery: DeliveryPost) => Promise<"new" | "known">;
  /** Every deployment that is not closed. */
  readonly open: () => Promise<readonly Deployment[]>;
  readonly openOf: (repoId: number, pr: number) => Promise<readonly Deployment[]>;
  readonly register: (id: string, deployment: DeploymentPutBody) => Promise<void>;
  /** Anything but `ready` ends the lease before it returns. */
  readonly setState: (id: string, state: DeploymentStatePost) => Promise<void>;
  /** Renews all these leases; those that could not be, with the API's reason. */
  readonly renew: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Ends the lease and closes. The data stays. */
  readonly close: (id: string) => Promise<void>;
}

/** The report Worker cannot be reached or failed; nothing is known of what it did. */
export class ReportUnavailable extends Error {}

/** The report Worker understood and said no: repeating the same changes nothing. `message` has its words. */
export class ReportRefused extends Error {
  /** The problem's stable code: `invalid-request`, `deployment-not-found`. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
