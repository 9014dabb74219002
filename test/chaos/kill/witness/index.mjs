/**
 * Two posts of the kill trial. The port: `/report/...` goes to the report Worker, everything else to the tee. The witness: the
 * tee's outbox binding leads here; it hands each parcel to the real outbox and tells the trial, outside, which ids came back
 * acknowledged, before the tee hears of it. JavaScript, because the runtime's own module has no types beside Node's.
 */
import { DurableObject } from "cloudflare:workers";

export class Witness extends DurableObject {
  async put(parcel) {
    await this.env.OUTBOX.getByName("pairs").put(parcel);
    await fetch(`${this.env.TRIAL}/acknowledged/${parcel.id}`);
  }
}

export default {
  fetch(request, env) {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith("/report/"))
      return env.REPORT.fetch(new Request(`http://localhost${pathname.slice(7)}${search}`, request));
    return env.TEE.fetch(new Request(`http://shop.test${pathname}${search}`, request));
  },
};
