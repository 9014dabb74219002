/** The service's paths: the webhook, and what a cluster asks of it. No path of it is mirrored or shown to a pull request's code. */
import { Hono } from "hono";
import type { Log } from "../log.ts";
import type { Reconciler } from "../reconcile/reconciler.ts";
import { VERSION } from "../version.ts";
import type { DeliveryCounters } from "./counters.ts";
import { metricsText } from "./metrics.ts";
import { problem } from "./problem.ts";

export interface AppParts {
  readonly webhook: (request: Request) => Promise<Response>;
  readonly reconciler: Pick<Reconciler, "standing">;
  readonly counters: DeliveryCounters;
  /** Once true, no delivery is taken any more. */
  readonly isStopping: () => boolean;
  /** Seconds since the start. */
  readonly uptime: () => number;
  readonly log: Log;
}

/** Paths and the one method each of them answers. */
const METHODS: Readonly<Record<string, string>> = {
  "/webhook": "POST",
  "/healthz": "GET",
  "/readyz": "GET",
  "/version": "GET",
  "/metrics": "GET",
};

export function appOf({ webhook, reconciler, counters, isStopping, uptime, log }: AppParts): Hono {
  const app = new Hono();
  app.post("/webhook", (c) =>
    isStopping() ? problem("stopping", "Send it again in a minute.", { connection: "close" }) : webhook(c.req.raw),
  );
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  // Others being down is no reason to turn deliveries away: they only wake, and the loop tries again by itself.
  app.get("/readyz", (c) => {
    const { lastPassAt, unavailable } = reconciler.standing();
    const lastPass = lastPassAt === null ? null : new Date(lastPassAt).toISOString();
    return c.json({ status: isStopping() ? "stopping" : "ok", lastPass, unavailable }, isStopping() ? 503 : 200);
  });
  app.get("/version", (c) => c.json({ name: "shadow-infra-provisioner", version: VERSION }));
  app.get("/metrics", (c) => {
    const figures = { deliveries: counters.all(), standing: reconciler.standing(), uptimeSeconds: uptime() };
    return c.body(metricsText({ ...figures, version: VERSION }), 200, { "content-type": "text/plain; version=0.0.4" });
  });
  app.notFound((c) => {
    const allow = METHODS[c.req.path];
    if (allow === undefined) return problem("no-such-path", "Deliveries go to POST /webhook.");
    return problem("method-not-allowed", `Only ${allow} is answered here.`, { allow });
  });
  app.onError((error) => {
    log.error({ error: error.stack ?? String(error) }, "a request failed");
    return problem("internal", "The log says more. Nothing is lost: all pull requests are looked at every 5 minutes.");
  });
  return app;
}
