/** The report API. Thin: it names what the platform runs, and hosts the Durable Objects. */
export { Registry } from "../../durable-objects/registry/registry.ts";

export default {
  fetch: () => Response.json({ status: "ok" }),
};
