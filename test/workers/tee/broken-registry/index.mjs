/**
 * A registry that fails in the way its host says: `hang.*` never answers, `throw.*` breaks; any other host mirrors to SHADOW.
 * JavaScript, because the runtime's own module has no types beside Node's, with which the tests are checked.
 */
import { DurableObject } from "cloudflare:workers";

export class Registry extends DurableObject {
  async sync() {
    const host = this.ctx.id.name ?? "";
    if (host.startsWith("hang")) await new Promise(() => undefined);
    if (host.startsWith("throw")) throw new Error("the registry is broken");
    const target = { deploymentId: "7-1-0123456789ab", repoId: 7, shadowOrigin: this.env.SHADOW, rate: 1 };
    const rest = { methods: ["GET"], controlShare: 0, credentials: {} };
    return { stampedAt: Date.now(), killSwitch: false, targets: [{ ...target, ...rest }] };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
