/**
 * What the loop remembers between passes. None of it is needed to be right: a loop that forgets everything reads it again from
 * GitHub, the report and the drivers. It saves calls, and knows who is being worked on.
 */

import type { Desired } from "../../../core/shadow/pull/desired.ts";
import type { PullFacts } from "../../../core/shadow/pull/facts.ts";
import type { RecordFacts } from "../../../core/shadow/pull/steps.ts";
import type { DriverName } from "../drivers/driver.ts";
import type { Planned } from "../plan/plan.ts";

/** A stack as a driver knows it. */
export interface StackRef {
  readonly driver: DriverName;
  readonly repoId: number;
  readonly name: string;
  /** A base that several pull requests may need. */
  readonly shared: boolean;
}

export interface NeededStack extends StackRef {
  readonly expiresAt: number;
}

/** A deployment of the report that is not closed, as last read or written. */
export interface PullRecord extends RecordFacts {
  readonly reason: string | null;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly lastPairAt: number | null;
  /** What the drivers were last asked for (`askedOf`). */
  readonly asked: string | null;
  /** Why its stack failed, as a stable word; and the commit of its base stack. */
  readonly failure: string | null;
  readonly baseSha: string | null;
}

/** What one pass read. */
export interface PullView {
  readonly desired: Desired;
  /** Null: there is no such pull request, or its repository is not ours any more. */
  readonly pull: PullFacts | null;
  /** Null: nothing is to run. */
  readonly planned: Planned | null;
}

/** Changed in place by the pass that has its turn; there is one at a time. */
export interface PullMemory {
  readonly key: string;
  readonly repoId: number;
  readonly pr: number;
  view: PullView | null;
  /** Something of the view is not to be trusted: read anew. */
  stale: boolean;
  records: readonly PullRecord[];
  /** The report was read since the start; what it has of this pull request is in `records`. */
  recordsKnown: boolean;
  /** What its plan needs; kept while the next plan is waited for. */
  needs: ReadonlyMap<string, NeededStack>;
  /** It was planned once since the start, or is known to need nothing. */
  known: boolean;
  /** Stacks that may exist for it. */
  readonly refs: Map<string, StackRef>;
  /** What was last registered, as text, by deployment. */
  readonly registered: Map<string, string>;
  /** When it got ready, Unix milliseconds; null: before the start, or never. */
  readyAt: number | null;
  /** Since when each stack is starting, Unix milliseconds (`patience.ts`). */
  readonly starting: Map<string, number>;
  /** Since when the base of what is asked for fails; and that it was given up, and why (`base.ts`). */
  baseFails: { readonly asked: string; readonly since: number } | null;
  withoutBase: { readonly asked: string; readonly reason: string } | null;
  /** Deployments whose lease is known to have ended. */
  readonly ended: Set<string>;
  /** Ids of comments that were answered. */
  readonly answered: Set<number>;
  /** After an answer that GitHub did not take: when to try again, Unix milliseconds. */
  answersFrom: number;
  /** The commit status that was last set, as text, and the commit. */
  status: { readonly sha: string; readonly text: string } | null;
  /** A status that could not be set. */
  statusDue: boolean;
  /** Passes in a row that found the same situation unfinished, and that failed. */
  looks: number;
  failures: number;
  situation: string | null;
}

export function refKey({ driver, name }: Pick<StackRef, "driver" | "name">): string {
  return `${driver}/${name}`;
}

export function pullKey(repoId: number, pr: number): string {
  return `${repoId}/${pr}`;
}

/** Reads what `pullKey` wrote. */
export function ofPullKey(key: string): { readonly repoId: number; readonly pr: number } {
  const [repoId, pr] = key.split("/").map(Number);
  return { repoId: repoId ?? 0, pr: pr ?? 0 };
}

export function newMemory(key: string): PullMemory {
  return {
    key,
    ...ofPullKey(key),
    view: null,
    stale: true,
    records: [],
    recordsKnown: false,
    needs: new Map(),
    known: false,
    refs: new Map(),
    registered: new Map(),
    readyAt: null,
    starting: new Map(),
    baseFails: null,
    withoutBase: null,
    ended: new Set(),
    answered: new Set(),
    answersFrom: 0,
    status: null,
    statusDue: false,
    looks: 0,
    failures: 0,
    situation: null,
  };
}
