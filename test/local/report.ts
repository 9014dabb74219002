/** A report as the API hands it out, for tests of what reads it: nothing found, everything accounted for. */

import type { Deployment } from "../../core/wire/api/deployments.ts";
import type { Drift } from "../../core/wire/api/drifts.ts";
import { DEFAULT_MIRRORING } from "../standins/mirroring.ts";

export const COUNTS = { pairs: 0, safe: 0, undecided: 0, warning: 0, critical: 0, shadowFailed: 0 };

export const DEPLOYMENT: Deployment = {
  id: "1-1-000000000000",
  repository: { id: 1, fullName: "local/things" },
  pull: { number: 1, title: "Things", url: null, branch: "things" },
  headSha: "000000000000",
  hosts: ["localhost"],
  shadowOrigin: "http://127.0.0.1:1",
  stack: null,
  rate: 1,
  mirroring: DEFAULT_MIRRORING,
  state: "ready",
  stateReason: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  closedAt: null,
  lastPairAt: null,
  counts: COUNTS,
  drifts: 0,
  verdict: null,
};

export function drift(over: Partial<Drift>): Drift {
  return {
    signature: JSON.stringify(over),
    rule: "field-removed",
    severity: "Critical",
    verdict: "Critical",
    decidedBy: "rule",
    modelVersion: null,
    reasoning: "",
    route: "GET /a",
    pattern: "$.box",
    kind: "missing",
    count: 1,
    routePairs: 1,
    firstSeen: "",
    lastSeen: "",
    noise: null,
    sample: null,
    examples: [],
    condition: null,
    noCondition: null,
    curl: null,
    cause: "",
    ...over,
  };
}
