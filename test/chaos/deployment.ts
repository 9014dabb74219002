/** The deployments of a run: each has a host of its own, and with it a registry object, a table and a breaker. Plays the provisioner. */
import { LEASE_RENEWAL_MS } from "../../core/wire/sync.ts";
import { DEFAULT_MIRROR_SETTINGS, type MirrorTarget } from "../../core/wire/target.ts";
import { CLIENT_HEADER } from "./client/exchange.ts";
import type { Rig } from "./rig/rig.ts";

export interface Deployment {
  readonly target: MirrorTarget;
  readonly host: string;
  /** The provisioner falls silent: the lease is not renewed any more, and not ended either. */
  abandon(): void;
  /** Ends the lease at once. */
  close(): Promise<void>;
}

let made = 0;

export async function deploy(rig: Rig, changes: Partial<MirrorTarget> = {}): Promise<Deployment> {
  made += 1;
  const host = `shop-${made}.test`;
  const target: MirrorTarget = {
    deploymentId: `7-${made}-0123456789ab`,
    repoId: 7,
    shadowOrigin: rig.shadowUrl,
    rate: 1,
    methods: ["GET", "HEAD", "POST"],
    controlShare: 0,
    credentials: {},
    serviceHeaders: {},
    settings: { ...DEFAULT_MIRROR_SETTINGS, sticky: { in: "header", name: CLIENT_HEADER } },
    ...changes,
  };
  await rig.far.register(target, host);
  const renewal = setInterval(() => void rig.far.lease(target, host).catch(() => undefined), LEASE_RENEWAL_MS);
  return {
    target,
    host,
    abandon: () => clearInterval(renewal),
    async close() {
      clearInterval(renewal);
      await rig.far.release(target.deploymentId, host);
    },
  };
}
