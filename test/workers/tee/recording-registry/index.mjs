/**
 * A registry that remembers when it was asked and what it was told (`GET /<host>`), and refuses while the host's name says so:
 * every second call for `refusing.test`, none for others. Its table mirrors everything to `SHADOW`.
 */
import { DurableObject } from "cloudflare:workers";
import { TARGET } from "../broken-registry/target.mjs";

export class Registry extends DurableObject {
  #calls = [];
  #now = 0;

  async sync(report) {
    this.#now += 1;
    const call = { at: Date.now(), report, overlaps: this.#now > 1 };
    this.#calls.push(call);
    await scheduler.wait(200);
    this.#now -= 1;
    if (this.env.REFUSING === this.ctx.id.name && this.#calls.length % 2 === 0) throw new Error("refused");
    const targets = [{ ...TARGET, shadowOrigin: this.env.SHADOW }];
    return { stampedAt: Date.now(), killSwitch: false, targets };
  }

  async calls() {
    return this.#calls;
  }
}

export default {
  async fetch(request, env) {
    const host = new URL(request.url).pathname.slice(1);
    return Response.json(await env.REGISTRY.getByName(host).calls());
  },
};
