/** Merged routes: what is proposed, and a person's word on it. */
import type { RouteAliasList } from "../../../core/wire/api/route-aliases.ts";
import { done } from "../http/reply.ts";
import { type AliasRow, carryDecisions, readAliases, setAliases } from "../store/route-aliases.ts";
import type { Handler } from "./handler.ts";
import { isoTime } from "./time.ts";

export const listRouteAliases: Handler<"listRouteAliases"> = async ({ params }, { db }) =>
  done(viewOf(await readAliases(db, params.repoId)));

/** Decisions are carried along before the merge holds, so that nobody is asked again in between. */
export const postRouteAliases: Handler<"postRouteAliases"> = async ({ params, body }, { db, now }) => {
  const { target, state } = body;
  const routes = body.routes ?? proposedFor(target, await readAliases(db, params.repoId));
  const change = { repoId: params.repoId, target, state, routes: routes.filter((route) => route !== target), now };
  const carried = state === "accepted" ? await carryDecisions(db, change) : 0;
  await setAliases(db, change);
  console.log(JSON.stringify({ event: "routes-merged", target, state, routes: change.routes.length, carried }));
  return done(viewOf(await readAliases(db, params.repoId)));
};

function proposedFor(target: string, rows: readonly AliasRow[]): readonly string[] {
  return rows.filter((row) => row.target === target && row.state === "proposed").map((row) => row.route);
}

function viewOf(rows: readonly AliasRow[]): RouteAliasList {
  const items = rows.map(({ route, target, state, updatedAt }) => ({
    route,
    target,
    state,
    updatedAt: isoTime(updatedAt),
  }));
  return { items };
}
