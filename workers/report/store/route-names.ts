/**
 * How deployments name their routes. A tee knows nothing of OpenAPI files and merges: it counts byte-equal pairs under the route that
 * is a function of the path alone, and they get their names here, when they are read.
 */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type RouteNamer, routeIn } from "../../../core/pair/route-in.ts";
import { routeAliases, shadowDeployments } from "../../../migrations/schema.ts";
import { readStored } from "../endpoints/stored.ts";
import { type Database, isOneOf } from "./database.ts";

const TemplatesSchema = z.array(z.string());
const AliasesSchema = z.record(z.string(), z.string());

/** The route's name in a deployment, of the tee's name: `GET /users/{id}` to `GET /users/{userId}`. */
export type NameRoute = (deploymentId: string, route: string) => string;

/** One query, which leaves the contracts where they are. */
export async function readRouteNames(db: Database, deploymentIds: readonly string[]): Promise<NameRoute> {
  const { id, compareSettings } = shadowDeployments;
  const rows = await db
    .select({ id, templates: sql<string | null>`${compareSettings} -> '$.templates'`, aliases: aliasesOf() })
    .from(shadowDeployments)
    .where(isOneOf(id, deploymentIds));
  const namers = new Map(rows.map((row) => [row.id, namerOf(row)]));
  return (deploymentId, route) => {
    const space = route.indexOf(" ");
    return namers.get(deploymentId)?.(route.slice(0, space), route.slice(space + 1)) ?? route;
  };
}

interface Names {
  readonly templates: string | null;
  readonly aliases: string;
}

/** A segment `{id}` of the tee's name stands for any value, as it does in a request. */
function namerOf({ templates, aliases }: Names): RouteNamer {
  return routeIn({
    templates: templates === null ? [] : readStored(templates, TemplatesSchema, []),
    aliases: readStored(aliases, AliasesSchema, {}),
  });
}

/**
 * As the consumer reads them: a merge that was refused keeps its route apart from the targets of others. The outer column carries its
 * table's name: drizzle leaves it out in a query of one table, and the inner table has a column of that name too.
 */
function aliasesOf() {
  const a = routeAliases;
  return sql<string>`(SELECT json_group_object(${a.route}, CASE ${a.state} WHEN 'accepted' THEN ${a.target} ELSE ${a.route} END)
    FROM ${a} WHERE ${a.repoId} = ${shadowDeployments}.repo_id AND ${a.state} <> 'proposed')`;
}
