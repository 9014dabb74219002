/** The consumer, unchanged, with a database that can be broken. */
import real from "../../../../workers/compare/index.ts";
import { breakable, controlled } from "./database.mjs";

export default {
  fetch: (request, env, ctx) => controlled(request) ?? real.fetch(request, breakable(env), ctx),
  queue: (batch, env, ctx) => real.queue(batch, breakable(env), ctx),
  scheduled: (event, env, ctx) => real.scheduled(event, breakable(env), ctx),
};
