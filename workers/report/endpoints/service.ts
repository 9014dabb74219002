/** The Worker about itself. */
import { sql } from "drizzle-orm";
import { shadowDeployments } from "../../../migrations/schema.ts";
import { done, refuse } from "../http/reply.ts";
import { NAME, VERSION } from "../version.ts";
import type { Handler } from "./handler.ts";

export const getHealth: Handler<"getHealth"> = () => done({ status: "ok" });

/** The table is read, not only the connection: a database without migrations is not ready. */
export const getReadiness: Handler<"getReadiness"> = async (_, { db }) => {
  try {
    await db.select({ one: sql`1` }).from(shadowDeployments).limit(1);
    return done({ status: "ok" });
  } catch {
    return refuse("storage-unavailable", "Were the migrations applied?");
  }
};

export const getVersion: Handler<"getVersion"> = () => done({ name: NAME, version: VERSION });
