/**
 * A registry that fails in the way its host says: `hang.*` never answers, `throw.*` breaks; any other host mirrors to SHADOW.
 * JavaScript, because the runtime's own module has no types beside Node's, with which the tests are checked.
 */
import { DurableObject } from "cloudflare:workers";
import { TARGET } from "./target.mjs";

export class Registry extends DurableObject {
  async sync() {
    const host = this.ctx.id.name ?? "";
    if (host.startsWith("hang")) await new Promise(() => undefined);
    if (host.startsWith("throw")) throw new Error("the registry is broken");
    // Each pair is sent: that is what has to fail.
    const targets = [{ ...TARGET, equalRowShare: 1, shadowOrigin: this.env.SHADOW }];
    return { stampedAt: Date.now(), killSwitch: false, targets };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
