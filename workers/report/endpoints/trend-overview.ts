/** The overview of trends, page by page, and the names that it can be narrowed by. */
import { z } from "zod";
import { fittingItems } from "../../../core/report/shadow-page.ts";
import { countLevels, overviewOf } from "../../../core/trends/overview.ts";
import {
  DEFAULT_PAGE_ENDPOINTS,
  type TrendOverview,
  type TrendSummary,
} from "../../../core/wire/api/trend-overview.ts";
import { decodeCursor, encodeCursor } from "../http/cursor.ts";
import { done, kept, refuse } from "../http/reply.ts";
import { keepAnswers, readTrendsAnswer } from "../store/answers.ts";
import type { Database } from "../store/database.ts";
import { readNames, readOwners } from "../store/trends.ts";
import type { Handler } from "./handler.ts";
import { readTrends } from "./trends.ts";

/** Newest runs of each service that are thinned, as the full trend shows by default. */
const RUNS = 50;

/** How many of the ordered endpoints came before. */
const OffsetSchema = z.int().nonnegative();

/** One query while no run came; else all pages are made at once, because each needs the order of all. */
export const getTrendOverview: Handler<"getTrendOverview"> = async ({ query }, { db }) => {
  const { cursor, limit, ...filter } = query;
  const start = cursor === undefined ? 0 : decodeCursor(cursor, OffsetSchema);
  if (start === null) return refuse("invalid-cursor");
  const isPlain = limit === DEFAULT_PAGE_ENDPOINTS && Object.values(filter).every((value) => value === undefined);
  const answer = isPlain ? await readTrendsAnswer(db, nameOf(start)) : null;
  if (answer !== null && answer.body !== null) return kept(answer.body);
  const items = overviewOf(await readTrends(db, { ...filter, runs: RUNS }));
  if (answer !== null) await keepPages(db, items, answer.version);
  return done(pageAt(items, start, limit));
};

/** After a new run, so that no reader waits for what it changed. Never rejects: the next reader makes up for it. */
export async function refreshOverview(db: Database): Promise<void> {
  try {
    const { version, body } = await readTrendsAnswer(db, nameOf(0));
    if (body === null) await keepPages(db, overviewOf(await readTrends(db, { runs: RUNS })), version);
  } catch (error) {
    console.error(JSON.stringify({ event: "overview-not-refreshed", error: String(error).slice(0, 500) }));
  }
}

async function keepPages(db: Database, items: readonly TrendSummary[], version: string): Promise<void> {
  const pages = allPages(items, DEFAULT_PAGE_ENDPOINTS).map(({ start, body }) => ({
    deploymentId: nameOf(start),
    version,
    body: JSON.stringify(body),
  }));
  await keepAnswers(db, "trends", pages);
}

export const getTrendNames: Handler<"getTrendNames"> = async (_, { db }) => {
  const answer = await readTrendsAnswer(db, "names");
  if (answer.body !== null) return kept(answer.body);
  const [owners, names] = await Promise.all([readOwners(db), readNames(db, {})]);
  const all = { ...owners, ...names };
  await keepAnswers(db, "trends", [{ ...answer, body: JSON.stringify(all) }]);
  return done(all);
};

function nameOf(start: number): string {
  return `overview ${start}`;
}

function pageAt(all: readonly TrendSummary[], start: number, limit: number): TrendOverview {
  const items = fittingItems(all.slice(start, start + limit));
  const end = start + items.length;
  return { items: [...items], levels: countLevels(all), nextCursor: end < all.length ? encodeCursor(end) : null };
}

function allPages(all: readonly TrendSummary[], limit: number) {
  const pages: { readonly start: number; readonly body: TrendOverview }[] = [];
  let start = 0;
  do {
    const body = pageAt(all, start, limit);
    pages.push({ start, body });
    start += body.items.length;
  } while (start < all.length);
  return pages;
}
