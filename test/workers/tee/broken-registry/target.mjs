/** Everything that a target in a routing table needs besides its shadow, at its simplest. For registries that stand in. */
export const TARGET = {
  deploymentId: "7-1-0123456789ab",
  repoId: 7,
  rate: 1,
  methods: ["GET"],
  controlShare: 0,
  credentials: {},
  serviceHeaders: {},
  settings: {
    maxRps: null,
    sticky: null,
    include: [],
    exclude: [],
    routes: [],
    redact: { names: [], patterns: [], shapeOnly: false, phones: false },
    stamped: false,
    base: null,
  },
  probability: 1,
  allowance: null,
  breaker: "closed",
  equalRowShare: 0,
};
