/** Everything that a target in a routing table needs besides its shadow, at its simplest. For registries that stand in. */
import { DEFAULT_MIRROR_SETTINGS } from "../../../../core/wire/target.ts";

export const TARGET = {
  deploymentId: "7-1-0123456789ab",
  repoId: 7,
  rate: 1,
  methods: ["GET"],
  controlShare: 0,
  credentials: {},
  serviceHeaders: {},
  settings: DEFAULT_MIRROR_SETTINGS,
  probability: 1,
  allowance: null,
  breaker: "closed",
  equalRowShare: 0,
};
