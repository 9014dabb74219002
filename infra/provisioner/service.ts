/**
 * The webhook service as one piece: HTTP in front, the loop behind, started and stopped together. Its parts are given; `main.ts` makes
 * them from the environment, `npm start` from what runs on this machine.
 */
import { appOf } from "./http/app.ts";
import { deliveryCounters } from "./http/counters.ts";
import { listenWith } from "./http/server.ts";
import { webhookOf } from "./http/webhook.ts";
import type { Log } from "./log.ts";
import type { Reconciler, WakeUp } from "./reconcile/reconciler.ts";
import type { Report } from "./report/report.ts";
import type { OperatorSettings } from "./settings/operator.ts";
import { receiverOf } from "./webhooks/receiver.ts";
import { verifierOf } from "./webhooks/signature.ts";

export interface ServiceParts {
  readonly settings: Pick<OperatorSettings, "host" | "port" | "webhookSecrets" | "repositories" | "drivers">;
  readonly report: Pick<Report, "recordDelivery">;
  readonly reconciler: Reconciler;
  readonly log: Log;
  /** Default: GitHub's own 10 s. */
  readonly bodyLimitMs?: number;
  /** Default: `STOP_LIMIT_MS`. */
  readonly stopLimitMs?: number;
}

export interface Service {
  /** Where it listens, `http://127.0.0.1:8000`. */
  readonly origin: string;
  readonly wake: (wakeUp: WakeUp) => void;
  /** Takes no more deliveries, lets the step in hand end, and resolves within `STOP_LIMIT_MS`. May be called twice. */
  readonly stop: () => Promise<void>;
}

/** Less than Kubernetes' 30 s (`terminationGracePeriodSeconds`), with time to spare for the process to end. */
export const STOP_LIMIT_MS = 25_000;

/** Answers to deliveries take milliseconds; a connection that is still busy then is somebody else's. */
const DRAIN_MS = 2_000;

/** Listens first, so that no delivery is turned away while the first pass runs. Rejects where the port is taken. */
export async function startService(parts: ServiceParts): Promise<Service> {
  const { settings, reconciler, log, stopLimitMs = STOP_LIMIT_MS } = parts;
  const counters = deliveryCounters();
  const startedAt = performance.now();
  let stopping: Promise<void> | null = null;
  const interest = { repositories: settings.repositories, previews: settings.drivers.includes("url") };
  const receive = receiverOf({ interest, reconciler, report: parts.report, log });
  const app = appOf({
    webhook: webhookOf({ verify: verifierOf(settings.webhookSecrets), receive, counters, log }),
    reconciler,
    counters,
    isStopping: () => stopping !== null,
    uptime: () => Math.round((performance.now() - startedAt) / 1000),
    log,
  });
  const listener = await listenWith(app.fetch, { ...settings, bodyLimitMs: parts.bodyLimitMs });
  reconciler.start();
  const stop = async (): Promise<void> => {
    const ended = Promise.all([listener.stop(DRAIN_MS), reconciler.stop()]).then(() => true);
    if (!(await Promise.race([ended, later(stopLimitMs)])))
      log.warn({ afterMs: stopLimitMs }, "a step did not end in time; the next start takes it up again");
  };
  return { origin: listener.origin, wake: reconciler.wake, stop: () => (stopping ??= stop()) };
}

function later(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false).unref());
}
