/**
 * The registry of one production host: which shadows it mirrors to, each on a lease, and the counters of its tee isolates.
 * A projection: the database holds the truth, and a lost write heals with the next renewal. It never calls out,
 * so nothing but its own storage can make a sync slow.
 */
import { DurableObject } from "cloudflare:workers";
import {
  type HostCounters,
  LEASE_MS,
  type RegistryCalls,
  type RoutingTable,
  type SyncReport,
  type TargetStanding,
} from "../../core/wire/sync.ts";
import type { MirrorTarget, RoutedTarget } from "../../core/wire/target.ts";
import { countersOf, storeReport } from "./counters.ts";
import { createTables } from "./tables.ts";
import { activeTargets, releaseTarget, storeTarget } from "./targets.ts";

const KILL_SWITCH = "kill-switch";

export class Registry extends DurableObject<unknown> implements RegistryCalls {
  readonly #sql: SqlStorage;

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    createTables(this.#sql);
  }

  async sync(report: SyncReport): Promise<RoutingTable> {
    const now = Date.now();
    storeReport(this.#sql, report, now);
    return { stampedAt: now, killSwitch: this.#isKilled(), targets: activeTargets(this.#sql, now).map(routed) };
  }

  async lease(target: MirrorTarget): Promise<void> {
    storeTarget(this.#sql, target, Date.now() + LEASE_MS);
  }

  async release(deploymentId: string): Promise<void> {
    releaseTarget(this.#sql, deploymentId);
  }

  async setKillSwitch(on: boolean): Promise<void> {
    this.#sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", KILL_SWITCH, on ? 1 : 0);
  }

  async killSwitch(): Promise<boolean> {
    return this.#isKilled();
  }

  async standing(deploymentId: string): Promise<TargetStanding | null> {
    const target = activeTargets(this.#sql, Date.now()).find((one) => one.deploymentId === deploymentId);
    return target === undefined ? null : { breaker: "closed", probability: target.rate, leasedUntil: 0 };
  }

  async flush(): Promise<void> {
    await Promise.resolve();
  }

  async counters(deploymentId: string): Promise<HostCounters> {
    return countersOf(this.#sql, deploymentId);
  }

  #isKilled(): boolean {
    const [row] = this.#sql.exec<{ value: number }>("SELECT value FROM settings WHERE name = ?", KILL_SWITCH).toArray();
    return row?.value === 1;
  }
}

function routed(target: MirrorTarget): RoutedTarget {
  return { ...target, probability: target.rate, allowance: null, breaker: "closed", equalRowShare: 1 };
}
