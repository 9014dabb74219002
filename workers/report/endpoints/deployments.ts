/** Reading deployments: the list, one of them, and those of a pull request. */
import { z } from "zod";
import { decodeCursor, pageOf } from "../http/cursor.ts";
import { done, refuse } from "../http/reply.ts";
import { type DeploymentFilter, findDeployment, readDeployments } from "../store/deployments.ts";
import { viewDeployment, viewDeployments } from "./deployment-view.ts";
import type { Context, Handler } from "./handler.ts";

const PositionSchema = z.tuple([z.number(), z.string()]);

export const listDeployments: Handler<"listDeployments"> = ({ query }, context) =>
  list(context, { state: query.state, open: query.open, limit: query.limit }, query.cursor);

export const getPull: Handler<"getPull"> = ({ params, query }, context) => {
  const pull = { repoId: params.repoId, number: params.pr };
  return list(context, { pull, open: query.open, limit: query.limit }, query.cursor);
};

export const getDeployment: Handler<"getDeployment"> = async ({ params }, { db }) => {
  const row = await findDeployment(db, params.id);
  return row === null ? refuse("deployment-not-found") : done(await viewDeployment(db, row));
};

async function list({ db }: Context, filter: DeploymentFilter, cursor: string | undefined) {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, PositionSchema);
  if (after === null) return refuse("invalid-cursor");
  const rows = await readDeployments(db, { ...filter, after });
  const { items, nextCursor } = pageOf(rows, filter.limit, (row) => [row.createdAt, row.id]);
  return done({ items: await viewDeployments(db, items), nextCursor });
}
