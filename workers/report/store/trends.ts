/** Runs of endpoints over time, as the database picks them out of the runs' results. */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { EndpointRun } from "../../../core/trends/trend.ts";
import { type BRANCH_CLASSES, probeRuns } from "../../../migrations/probe-tables.ts";
import { readStored } from "../endpoints/stored.ts";
import type { Database } from "./database.ts";
import { fits, type RunFilter, StoredEndpointSchema } from "./probes.ts";

const t = probeRuns;

/** Points of one answer: 100 endpoints at the 50 runs of the default. The oldest are left out. */
const MAX_POINTS = 5_000;
/** Names of one list; a repository with more branches than these picks by hand. */
const MAX_NAMES = 200;

export interface TrendFilter extends RunFilter {
  readonly branchClass?: (typeof BRANCH_CLASSES)[number] | undefined;
  readonly endpoint?: string | undefined;
  /** Newest runs of each service. */
  readonly runs: number;
}

interface Row extends Omit<EndpointRun, "figures" | "budgets"> {
  readonly value: string;
}

/** Oldest first. */
export async function readEndpointRuns(db: Database, filter: TrendFilter): Promise<readonly EndpointRun[]> {
  const rows = await db.all<Row>(sql`
    WITH ranked AS (
      SELECT ${t.id}, row_number() OVER (PARTITION BY ${t.repository}, ${t.service} ORDER BY ${t.runAt} DESC, ${t.id} DESC) AS place
      FROM ${t} WHERE ${wanted(filter)}
    )
    SELECT ${t.id} AS run, repository, service, branch, commit_sha AS "commit", pull, region, run_at AS at,
      e.key AS endpoint, e.value AS value
    FROM ranked JOIN ${t} ON ${t.id} = ranked.id, json_each(${t.results}, '$.endpoints') AS e
    WHERE ranked.place <= ${filter.runs} AND e.key = coalesce(${filter.endpoint ?? null}, e.key)
    ORDER BY run_at DESC, ${t.id} DESC LIMIT ${MAX_POINTS}`);
  return rows.toReversed().flatMap(({ value, ...row }) => {
    const stored = readStored(value, StoredEndpointSchema.nullable(), null);
    return stored === null ? [] : [{ ...row, ...stored }];
  });
}

function wanted({ branchClass, ...filter }: TrendFilter): SQL {
  return (
    and(sql`true`, fits(filter), branchClass === undefined ? undefined : eq(t.branchClass, branchClass)) ?? sql`true`
  );
}

/** The branches without pull requests, and the regions, that runs of a repository or service name. */
export async function readNames(db: Database, { repository, service }: RunFilter) {
  const where = fits({ repository, service });
  const [branches, regions] = await db.batch([
    db
      .selectDistinct({ name: t.branch })
      .from(t)
      .where(and(where, eq(t.pull, 0), sql`${t.branch} <> ''`))
      .orderBy(asc(t.branch))
      .limit(MAX_NAMES),
    db
      .selectDistinct({ name: t.region })
      .from(t)
      .where(and(where, sql`${t.region} <> ''`))
      .orderBy(asc(t.region))
      .limit(MAX_NAMES),
  ]);
  return { branches: branches.map(({ name }) => name), regions: regions.map(({ name }) => name) };
}
