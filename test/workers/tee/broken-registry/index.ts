/** A registry that fails in the way its host says: `hang.*` never answers, `throw.*` breaks; any other host mirrors to SHADOW. */
import { DurableObject } from "cloudflare:workers";

interface Bindings {
  readonly SHADOW: string;
}

export class Registry extends DurableObject<Bindings> {
  async sync(): Promise<unknown> {
    const host = this.ctx.id.name ?? "";
    if (host.startsWith("hang")) await new Promise(() => undefined);
    if (host.startsWith("throw")) throw new Error("the registry is broken");
    const target = { deploymentId: "7-1-0123456789ab", repoId: 7, shadowOrigin: this.env.SHADOW, rate: 1 };
    const rest = { methods: ["GET"], controlShare: 0, credentials: {} };
    return { stampedAt: Date.now(), killSwitch: false, targets: [{ ...target, ...rest }] };
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
