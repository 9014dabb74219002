/** A deployment as the report API answers it. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";

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
    mirroring: {
      maxRps: null,
      methods: ["GET"],
      controlShare: 0,
      sticky: null,
      include: [],
      exclude: [],
      routes: [],
      redact: { names: [], patterns: [], shapeOnly: false, phones: false },
      credentials: [],
      stamped: false,
      base: null,
    },
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
