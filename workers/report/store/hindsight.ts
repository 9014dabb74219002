/** Drifts that later second answers explain: the ones that counted and might be noise, with what their routes have learned. */
import { and, eq, gt, inArray } from "drizzle-orm";
import { z } from "zod";
import { type Hindsight, hindsightReason } from "../../../core/noise/hindsight.ts";
import { noiseKey } from "../../../core/noise/second-answers.ts";
import { DifferenceSchema } from "../../../core/wire/api/verdict.ts";
import { drifts, routes } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";
import { type EqualCounts, readEqualCounts } from "./equal-pairs.ts";

const LearnedSchema = z.record(z.string(), z.number());

/** By deployment, then signature: why a drift is noise after all. */
export type Explained = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Two queries. Drifts that never counted, or never were noise, are not read. Byte-equal pairs are evidence of sameness too. */
export async function readExplained(db: Database, deploymentIds: readonly string[]): Promise<Explained> {
  const rows = await db
    .select({ drift: drifts, route: routes })
    .from(drifts)
    .innerJoin(routes, and(eq(routes.deploymentId, drifts.deploymentId), eq(routes.route, drifts.route)))
    .where(
      and(
        isOneOf(drifts.deploymentId, deploymentIds),
        gt(drifts.count, 0),
        gt(drifts.noiseCount, 0),
        inArray(drifts.kind, ["value", "order"]),
      ),
    );
  const equals = rows.length === 0 ? [] : await readEqualCounts(db, deploymentIds);
  const equalOf = new Map(equals.map((one) => [keyOf(one), one]));
  const explained = rows.flatMap(({ drift, route }) => {
    const equal = equalOf.get(keyOf(route)) ?? { pairs: 0, secondAnswers: 0 };
    const reason = hindsightReason(hindsightOf(drift, route, equal));
    return reason === null ? [] : [{ deploymentId: drift.deploymentId, signature: drift.signature, reason }];
  });
  const byDeployment = Map.groupBy(explained, ({ deploymentId }) => deploymentId);
  return new Map(
    Array.from(byDeployment, ([id, own]) => [id, new Map(own.map(({ signature, reason }) => [signature, reason]))]),
  );
}

type DriftRow = typeof drifts.$inferSelect;
type RouteRow = typeof routes.$inferSelect;

function keyOf({ deploymentId, route }: Pick<RouteRow, "deploymentId" | "route">): string {
  return `${deploymentId} ${route}`;
}

function hindsightOf(drift: DriftRow, route: RouteRow, equal: EqualCounts): Hindsight {
  const kind = drift.kind === "order" ? "order" : "value";
  const learned = readStored(route.learnedNoise, LearnedSchema, {});
  const key = noiseKey(drift.pattern, kind);
  const differing = Object.hasOwn(learned, key) ? (learned[key] ?? 0) : 0;
  const sample = drift.sample === null ? null : readStored(drift.sample, DifferenceSchema.nullable(), null);
  const { floor, count, noiseCount } = drift;
  const pairs = route.pairs + equal.pairs;
  const secondAnswers = route.secondAnswers + equal.secondAnswers;
  return { floor, kind, count, noiseCount, pairs, secondAnswers, differing, sample };
}
