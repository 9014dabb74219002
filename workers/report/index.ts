import { DurableObject } from "cloudflare:workers";
export class Registry extends DurableObject {
  hello() {
    return "hi";
  }
}
export default {
  async fetch(r: Request, env: any) {
    return new Response("report " + (await env.REGISTRY.getByName("x").hello()));
  },
};
