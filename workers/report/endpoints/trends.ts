/** Trends: the default branch's unless the query names a branch or a pull request. */
import { type EndpointRun, trendOf } from "../../../core/trends/trend.ts";
import type { BudgetRow } from "../../../core/wire/api/probes.ts";
import type { Trend } from "../../../core/wire/api/trends.ts";
import { done, kept } from "../http/reply.ts";
import { keepAnswers, readTrendsAnswer } from "../store/answers.ts";
import type { Database } from "../store/database.ts";
import { readEndpointRuns, readNames, type TrendFilter } from "../store/trends.ts";
import type { Handler } from "./handler.ts";
import { isoTime } from "./time.ts";

/** `runs` of the questions whose answers are kept: the pages' and the default. Any number would fill the database with answers. */
const KEPT_RUNS: ReadonlySet<number> = new Set([1, 50]);

/** All trends of the default branch are dear, and asked for once a minute by each page that is open. */
export const getTrends: Handler<"getTrends"> = async ({ query }, { db }) => {
  const { runs, ...narrowed } = query;
  const isPlain = Object.values(narrowed).every((value) => value === undefined) && KEPT_RUNS.has(runs);
  const answer = isPlain ? await readTrendsAnswer(db, String(runs)) : null;
  if (answer !== null && answer.body !== null) return kept(answer.body);
  const [items, names] = await Promise.all([readTrends(db, query), readNames(db, query)]);
  const trends = { items, ...names };
  if (answer !== null) await keepAnswers(db, "trends", [{ ...answer, body: JSON.stringify(trends) }]);
  return done(trends);
};

/** By service, repository and endpoint. */
export async function readTrends(db: Database, filter: TrendFilter): Promise<Trend[]> {
  const isDefault = filter.branch === undefined && filter.pull === undefined;
  const runs = isDefault ? await readDefault(db, filter) : await readEndpointRuns(db, filter);
  // What another branch or a pull request says of its budgets is not what holds.
  const { repository, service, endpoint } = filter;
  const holding = { repository, service, endpoint, branchClass: "default", runs: 1 } as const;
  const ruling = isDefault ? runs : await readEndpointRuns(db, holding);
  const budgets = new Map(ruling.map((run): [string, readonly BudgetRow[]] => [keyOf(run), run.budgets]));
  return [...Map.groupBy(runs, keyOf)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, [first, ...rest]]) => {
      if (first === undefined) return [];
      const own = rest.at(-1) ?? first;
      return [trendOf([first, ...rest], budgets.get(key) ?? own.budgets, isoTime)];
    });
}

/** Where no run names the default branch, those that name no branch at all: a probe by hand has a trend too. */
async function readDefault(db: Database, filter: TrendFilter): Promise<readonly EndpointRun[]> {
  const runs = await readEndpointRuns(db, { ...filter, branchClass: "default" });
  return runs.length > 0 ? runs : readEndpointRuns(db, { ...filter, branch: "", pull: 0 });
}

/** Texts may hold anything but this. */
function keyOf({ service, repository, endpoint }: EndpointRun): string {
  return JSON.stringify([service, repository, endpoint]);
}
