/**
 * The registry of one production host: which shadows it mirrors to, each on a lease, the caps and breakers over all tee
 * isolates, and their counters. A sync needs nothing but the object's own storage, so nothing else can make it slow; an
 * alarm writes the totals to the database.
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
import { type Bounded, bounded } from "./bounds.ts";
import { breakerState } from "./breakers.ts";
import { type Memory, newMemory } from "./memory.ts";
import { storeReport } from "./reports.ts";
import { KILL_SWITCH, rememberedHost, rememberHost, set, setting } from "./settings.ts";
import { settleSilence } from "./silence.ts";
import { probabilityNow, routedTargets } from "./table.ts";
import { createTables, hasTables } from "./tables.ts";
import { activeTargets, knownDeployments, releaseTarget, storeTarget } from "./targets.ts";
import { countersOf, NO_COUNTERS } from "./totals.ts";
import { newUpkeep, ring, schedule, type Upkeep, writeNow } from "./upkeep.ts";

/** What the object uses of its Worker's bindings; both may be absent. */
export interface RegistryEnv {
  readonly DB?: D1Database;
  /** `all`: every byte-equal pair becomes a row. */
  readonly SHADOW_INFRA_EQUAL_ROWS?: string;
}

export class Registry extends DurableObject<RegistryEnv> implements RegistryCalls {
  readonly #sql: SqlStorage;
  readonly #memory: Memory;
  readonly #upkeep: Upkeep;
  /** False until the first lease or kill switch: until then nothing is stored. */
  #isInUse: boolean;

  constructor(ctx: DurableObjectState, env: RegistryEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#isInUse = hasTables(this.#sql);
    this.#memory = newMemory(this.#sql, this.#isInUse, Date.now());
    const host = ctx.id.name ?? (this.#isInUse ? rememberedHost(this.#sql) : "");
    this.#upkeep = newUpkeep(ctx.storage, host, env.DB);
  }

  async sync(report: SyncReport): Promise<RoutingTable> {
    const now = Date.now();
    if (!this.#isInUse) return { stampedAt: now, killSwitch: false, targets: [] };
    const known = knownDeployments(this.#sql);
    const taken = bounded(report, (deploymentId) => known.has(deploymentId));
    const table = { stampedAt: now, killSwitch: this.#isKilled(), targets: this.#route(taken, now) };
    await schedule(this.#upkeep, now);
    return table;
  }

  /** Stores the report first: what it tells counts for the table it gets. */
  #route(report: Bounded | null, now: number): readonly RoutedTarget[] {
    if (report === null) return [];
    const news = storeReport(this.#sql, report, now);
    if (this.#isKilled()) return [];
    const targets = activeTargets(this.#sql, now).map(({ target }) => target);
    const everyRow = this.env.SHADOW_INFRA_EQUAL_ROWS === "all";
    return routedTargets(this.#sql, { memory: this.#memory, targets, everyRow }, { ...report, news, now });
  }

  async lease(target: MirrorTarget): Promise<void> {
    return this.leaseAll([target]);
  }

  async leaseAll(targets: readonly MirrorTarget[]): Promise<void> {
    this.#use();
    const now = Date.now();
    for (const target of targets) storeTarget(this.#sql, { target, expiresAt: now + LEASE_MS }, now);
  }

  async release(deploymentId: string): Promise<void> {
    if (this.#isInUse) releaseTarget(this.#sql, deploymentId);
  }

  async setKillSwitch(on: boolean): Promise<void> {
    if (on) this.#use();
    if (this.#isInUse) set(this.#sql, KILL_SWITCH, on ? 1 : 0);
  }

  async killSwitch(): Promise<boolean> {
    return this.#isInUse && this.#isKilled();
  }

  async standing(deploymentId: string): Promise<TargetStanding | null> {
    if (!this.#isInUse) return null;
    const leased = activeTargets(this.#sql, Date.now()).find(({ target }) => target.deploymentId === deploymentId);
    if (leased === undefined) return null;
    const breaker = breakerState(this.#memory.breakers, deploymentId);
    return { breaker, probability: probabilityNow(this.#memory, leased.target), leasedUntil: leased.expiresAt };
  }

  async flush(): Promise<void> {
    if (!this.#isInUse) return;
    settleSilence(this.#sql, Date.now());
    await writeNow(this.#upkeep);
  }

  async counters(deploymentId: string): Promise<HostCounters> {
    if (!this.#isInUse) return NO_COUNTERS;
    settleSilence(this.#sql, Date.now());
    return countersOf(this.#sql, deploymentId);
  }

  override async alarm(): Promise<void> {
    await ring(this.#upkeep);
  }

  #use(): void {
    if (this.#isInUse) return;
    createTables(this.#sql);
    rememberHost(this.#sql, this.#upkeep.host);
    this.#isInUse = true;
  }

  #isKilled(): boolean {
    return setting(this.#sql, KILL_SWITCH) === 1;
  }
}
