export { Registry } from "../../durable-objects/registry/registry.ts";

export default { fetch: () => new Response(null, { status: 503 }) };
