/** What a deployment with every setting at its default shows of its mirroring. */
import type { Mirroring } from "../../core/wire/api/mirroring.ts";

export const DEFAULT_MIRRORING: Mirroring = {
  maxRps: null,
  methods: ["GET", "HEAD"],
  controlShare: 0,
  sticky: null,
  include: [],
  exclude: [],
  routes: [],
  redact: { names: [], patterns: [], shapeOnly: false, phones: false },
  credentials: [],
  stamped: false,
  base: null,
};
