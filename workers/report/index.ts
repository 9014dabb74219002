/** The report API. Thin: it names what the platform runs, and hosts the Durable Objects. */
import { createApp } from "./app.ts";

export { Outbox } from "../../durable-objects/outbox/outbox.ts";
export { Registry } from "../../durable-objects/registry/registry.ts";

export default createApp();
