/** Runs of endpoints over time, as the database picks them out of the runs' results. */
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { EndpointRun } from "../../../core/trends/trend.ts";
import { type BRANCH_CLASSES, probeRuns } from "../../../migrations/probe-tables.ts";
import { readStored } from "../endpoints/stored.ts";
import type { Database } from "./database.ts";
import { fits, type RunFilter, StoredEndpointSchema } from "./probes.ts";

const t = probeRuns;

/** Points of one answer: 100 endpoints at the 50 runs of the default. The newest run of each service comes first. */
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
    ORDER BY ranked.place, run_at DESC, ${t.id} DESC LIMIT ${MAX_POINTS}`);
  // By place, or a busy service would push the only runs of a quiet one out of what is read.
  const byTime = rows.toSorted((one, other) => one.at - other.at || (one.run < other.run ? -1 : 1));
  return byTime.flatMap(({ value, ...row }) => {
    const stored = readStored(value, StoredEndpointSchema.nullable(), null);
    return stored === null ? [] : [{ ...row, ...stored }];
  });
}

function wanted({ branchClass, ...filter }: TrendFilter): SQL {
  return (
    and(sql`true`, fits(filter), branchClass === undefined ? undefined : eq(t.branchClass, branchClass)) ?? sql`true`
  );
}

/** The repositories and services that runs name. */
export async function readOwners(db: Database) {
  const [repositories, services] = await db.batch([
    db
      .selectDistinct({ name: t.repository })
      .from(t)
      .where(sql`${t.repository} <> ''`)
      .orderBy(asc(t.repository))
      .limit(MAX_NAMES),
    db.selectDistinct({ name: t.service }).from(t).orderBy(asc(t.service)).limit(MAX_NAMES),
  ]);
  return { repositories: repositories.map(({ name }) => name), services: services.map(({ name }) => name) };
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
