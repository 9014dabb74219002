/** For each drift of a report: when it shows, the smallest request that shows it, and its examples in order. */
import { minimalCurl } from "../../../core/conditions/curl.ts";
import { type Occasion, occasionOf, smallestFirst, tableOf } from "../../../core/conditions/occasion.ts";
import type { ConditionTable } from "../../../core/conditions/table.ts";
import { entriesOf, type VerdictGroup } from "../../../core/report/standing.ts";
import type { Drift } from "../../../core/wire/api/drifts.ts";
import type { Database } from "../store/database.ts";
import { readExchange } from "../store/exchange.ts";
import { type ObservedRow, readNewestOfGroups, readNewestOfRoutes, readObserved } from "../store/observed.ts";

/** Conditions are searched for so many drifts, the worst; the others have examples and a request. */
const MAX_SEARCHED = 40;

/** Failing pairs beside which no more are read: enough for any test. */
const ENOUGH_FAILING = 200;

/** Request bodies that are read from the bucket for one report. */
const MAX_BODIES = 10;

export interface OccasionSources {
  readonly db: Database;
  readonly bucket: R2Bucket;
  readonly deploymentId: string;
  /** Counting drifts, the worst first. */
  readonly drifts: readonly Drift[];
  readonly groups: readonly VerdictGroup[];
}

export interface Explained {
  readonly drifts: readonly Drift[];
  /** Nothing of it came from the bucket, whose objects end without a word to the database. */
  readonly isStoredAlone: boolean;
}

/** Three queries at most, whatever the number of drifts. */
export async function withOccasions(sources: OccasionSources): Promise<Explained> {
  const { db, deploymentId, drifts } = sources;
  const searched = drifts.slice(0, MAX_SEARCHED);
  const [newest, examples] = await Promise.all([
    readNewestOfRoutes(db, deploymentId, [...new Set(searched.map(({ route }) => route))]),
    readObserved(db, [...new Set(drifts.flatMap((drift) => drift.examples))]),
  ]);
  const seen = bySignature(newest);
  const rare = searched.filter(({ signature, count }) => {
    const known = seen.get(signature)?.length ?? 0;
    return known < ENOUGH_FAILING && known < count;
  });
  const texts = bySignature(sources.groups);
  const more =
    rare.length === 0
      ? []
      : await readNewestOfGroups(
          db,
          deploymentId,
          rare.map(({ signature }) => texts.get(signature) ?? []),
        );
  const material: Material = {
    newest: Map.groupBy(newest, ({ route }) => route),
    seen,
    more: bySignature(more),
    rare: Map.groupBy(more, ({ route }) => route),
    examples: new Map(examples.map((row) => [row.id, row])),
    tables: new Map(),
  };
  const occasions = drifts.map((drift, n) => ({ drift, ...occasionIn(material, drift, n < MAX_SEARCHED) }));
  const wanted = withBodies(occasions.map(({ smallest }) => smallest));
  const bodies = await bodiesOf(sources.bucket, wanted);
  const explained = occasions.map(({ drift, ordered, condition, noCondition, predicate, smallest }) => ({
    ...drift,
    examples: ordered,
    condition,
    noCondition,
    curl: smallest === null ? null : minimalCurl(requestOf(smallest, bodies), predicate),
  }));
  return { drifts: explained, isStoredAlone: wanted.length === 0 };
}

interface Material {
  /** By route. */
  readonly newest: ReadonlyMap<string, readonly ObservedRow[]>;
  /** By signature, those among the newest, and those that were read beside them. */
  readonly seen: ReadonlyMap<string, readonly ObservedRow[]>;
  readonly more: ReadonlyMap<string, readonly ObservedRow[]>;
  /** By route, the latter. */
  readonly rare: ReadonlyMap<string, readonly ObservedRow[]>;
  /** By id. */
  readonly examples: ReadonlyMap<string, ObservedRow>;
  /** By route, as they are made. */
  readonly tables: Map<string, ConditionTable>;
}

type Found = Occasion<ObservedRow> & { readonly ordered: string[] };

function occasionIn(material: Material, { signature, route, examples }: Drift, searched: boolean): Found {
  const shown = smallestFirst(examples.flatMap((id) => material.examples.get(id) ?? []));
  const ordered = [...new Set([...shown.map(({ id }) => id), ...examples])];
  if (!searched) return { condition: null, noCondition: null, predicate: null, smallest: shown[0] ?? null, ordered };
  const more = material.more.get(signature) ?? [];
  const failing = distinct([...(material.seen.get(signature) ?? []), ...more, ...shown]);
  // Beside the newest pairs a table holds all that are known to show some rare drift. Those of other drifts are no measure of this one's.
  const among = new Set([...(material.newest.get(route) ?? []), ...more].map(({ id }) => id));
  return { ...occasionOf(tableOfRoute(material, route), failing, among), ordered };
}

function tableOfRoute({ tables, newest, rare }: Material, route: string): ConditionTable {
  const table = tables.get(route) ?? tableOf(distinct([...(newest.get(route) ?? []), ...(rare.get(route) ?? [])]));
  tables.set(route, table);
  return table;
}

function distinct(rows: readonly ObservedRow[]): readonly ObservedRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** What has a text of signatures, by each of them. Many pairs share one text, which is read once. */
function bySignature<T extends { readonly signatures: string }>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const [text, own] of Map.groupBy(all, ({ signatures }) => signatures)) {
    for (const signature of new Set(entriesOf(text).map(([name]) => name))) {
      const known = found.get(signature);
      if (known === undefined) found.set(signature, [...own]);
      else known.push(...own);
    }
  }
  return found;
}

type Bodies = ReadonlyMap<string, { readonly body: string | null; readonly bodyEncoding?: "base64" | undefined }>;

/** Pairs whose requests have a body, by their method. */
function withBodies(smallest: readonly (ObservedRow | null)[]): readonly ObservedRow[] {
  return distinct(smallest.flatMap((row) => row ?? [])).filter(
    ({ method }) => !/^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method),
  );
}

/** By pair: the requests' bodies. */
async function bodiesOf(bucket: R2Bucket, wanted: readonly ObservedRow[]): Promise<Bodies> {
  const read = await Promise.all(
    wanted.slice(0, MAX_BODIES).map(async ({ id, bodyKey }) => {
      const exchange = bodyKey === null ? null : await readExchange(bucket, bodyKey);
      return exchange === null ? [] : [[id, exchange.request] as const];
    }),
  );
  return new Map(read.flat());
}

function requestOf({ id, method, path, features }: ObservedRow, bodies: Bodies) {
  const safe = /^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method);
  const known = bodies.get(id);
  return {
    method,
    path,
    features: features ?? [],
    body: known === undefined ? (safe ? null : undefined) : known.body,
    bodyEncoding: known?.bodyEncoding,
  };
}
