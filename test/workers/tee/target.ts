/** A target for tests of the tee and the registry. */
import { DEFAULT_MIRROR_SETTINGS, type MirrorTarget } from "../../../core/wire/target.ts";

export const DEPLOYMENT_ID = "7-1-0123456789ab";

/** A target with everything at its simplest: every GET and HEAD, no control, no test identities. */
export function target(shadowOrigin: string, changes: Partial<MirrorTarget> = {}): MirrorTarget {
  const simplest = { rate: 1, methods: ["GET", "HEAD"], controlShare: 0, credentials: {}, serviceHeaders: {} };
  return {
    deploymentId: DEPLOYMENT_ID,
    repoId: 7,
    shadowOrigin,
    ...simplest,
    settings: DEFAULT_MIRROR_SETTINGS,
    ...changes,
  };
}
