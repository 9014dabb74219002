/** The report Worker and its Durable Objects, unchanged, with a database that can be broken. */
import real, { Registry as RealRegistry } from "../../../../workers/report/index.ts";
import { breakable, controlled } from "./database.mjs";

export { Outbox } from "../../../../workers/report/index.ts";

export class Registry extends RealRegistry {
  constructor(ctx, env) {
    super(ctx, breakable(env));
  }
}

export default { fetch: (request, env, ctx) => controlled(request) ?? real.fetch(request, breakable(env), ctx) };
