/** The report API and its clock. Thin: it names what the platform runs, and hosts the Durable Objects. */
import { createApp } from "./app.ts";
import { runSchedule } from "./scheduled.ts";
import type { Env } from "./settings.ts";

export { Outbox } from "../../durable-objects/outbox/outbox.ts";
export { Registry } from "../../durable-objects/registry/registry.ts";

const app = createApp();

export default {
  fetch: (request, env, ctx) => app.fetch(request, env, ctx),
  scheduled: (event, env) => runSchedule(event, env),
} satisfies ExportedHandler<Env>;
