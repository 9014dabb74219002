/** A deployment as the report API answers it. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import { DEFAULT_MIRRORING } from "../../standins/mirroring.ts";

export function aDeployment(some: Partial<Deployment>): Deployment {
  return {
    id: "7-1-a",
    repository: { id: 7, fullName: "acme/shop" },
    pull: { number: 1, title: "A change", url: null, branch: "change" },
    headSha: "0123456789ab",
    hosts: [],
    shadowOrigin: null,
    stack: null,
    rate: 0.01,
    mirroring: DEFAULT_MIRRORING,
    state: "pending",
    stateReason: null,
    createdAt: "2026-01-05T00:00:00Z",
    closedAt: null,
    lastPairAt: null,
    counts: { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 },
    drifts: 0,
    verdict: null,
    ...some,
  };
}
