/**
 * The database, with every statement it is asked written to the log: for finding those that no index serves. On this machine only, where a
 * setting asks for it; statements hold no values, those are bound.
 */
import { isLocal } from "../auth/mode.ts";
import type { Env } from "../settings.ts";

/** `event` of the log lines. `infra/query-plans` reads them. */
const EVENT = "statement";

export function databaseOf(env: Env): D1Database {
  const wanted = env.SHADOW_INFRA_NOTE_STATEMENTS === "1" && isLocal(env.SHADOW_INFRA_MODE);
  return wanted ? noted(env.DB) : env.DB;
}

function noted(db: D1Database): D1Database {
  return {
    prepare(sql) {
      console.log(JSON.stringify({ event: EVENT, sql }));
      return db.prepare(sql);
    },
    batch: (statements) => db.batch(statements),
    exec: (sql) => db.exec(sql),
    withSession: (constraint) => db.withSession(constraint),
    dump: () => db.dump(),
  };
}
