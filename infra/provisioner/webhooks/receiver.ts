/**
 * What happens with a delivery once its signature holds: told from its repetition, recorded for audit, and turned into wake-ups.
 * The answer to GitHub waits for none of it. A delivery carries no state, so one that is lost here loses nothing.
 */
import { createEventHandler, type EmitterWebhookEvent } from "@octokit/webhooks";
import type { Log } from "../log.ts";
import type { Reconciler } from "../reconcile/reconciler.ts";
import type { Report } from "../report/report.ts";
import { type DeliveryFacts, factsOf, HANDLED_EVENTS, type Interest, type Meaning, meaningOf } from "./events.ts";
import { seenIds } from "./seen.ts";

/** How long the audit may hold a wake-up back: it knows repetitions of before the last restart. Then the loop is woken anyway. */
const AUDIT_LIMIT_MS = 1_000;

/** Deliveries whose audit is under way; beyond that they are only counted. */
const MAX_RECORDING = 100;

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly payload: object;
}

/** `repeated`: it came before. What the answer says. */
export type Reception = Meaning | { readonly kind: "repeated" };

export interface ReceiverParts {
  readonly interest: Interest;
  readonly reconciler: Pick<Reconciler, "wake">;
  readonly report: Pick<Report, "recordDelivery">;
  readonly log: Log;
  /** Default: `AUDIT_LIMIT_MS`. */
  readonly auditLimitMs?: number;
}

/** Returns a function that takes a delivery and says at once what it means; the work comes after. */
export function receiverOf(parts: ReceiverParts): (delivery: Delivery) => Reception {
  const isRepeated = seenIds();
  const handler = handlerOf(parts);
  return (delivery) => {
    if (isRepeated(delivery.id)) return { kind: "repeated" };
    const meaning = meaningOf(delivery.event, delivery.payload, parts.interest);
    // The types name the events octokit knows; routing takes any name, and unknown ones have no handler.
    const event = { id: delivery.id, name: delivery.event, payload: delivery.payload } as EmitterWebhookEvent;
    handler.receive(event).catch((error: unknown) => {
      parts.log.error(
        { delivery: delivery.id, event: delivery.event, error: String(error) },
        "a delivery's work failed",
      );
    });
    return meaning;
  };
}

/** Every delivery is recorded; those of events that mean something wake the loop when that is done, or takes too long. */
function handlerOf(parts: ReceiverParts) {
  const record = recorderOf(parts);
  const handler = createEventHandler({});
  const handled = new Set(HANDLED_EVENTS);
  handler.onAny(async ({ id, name, payload }) => {
    const recorded = await record({ id, event: name, ...factsOf(payload) });
    if (recorded === "known" || !handled.has(name)) return;
    const meaning = meaningOf(name, payload, parts.interest);
    if (meaning.kind === "wake") for (const wakeUp of meaning.wakeUps) parts.reconciler.wake(wakeUp);
  });
  return handler;
}

type Recorded = "new" | "known" | "unrecorded";

function recorderOf({ report, log, auditLimitMs = AUDIT_LIMIT_MS }: ReceiverParts) {
  let recording = 0;
  return async (delivery: DeliveryFacts & { readonly id: string; readonly event: string }): Promise<Recorded> => {
    if (recording >= MAX_RECORDING) {
      log.warn({ delivery: delivery.id }, "a delivery is not recorded: too many wait for the report Worker");
      return "unrecorded";
    }
    recording += 1;
    const told = report
      .recordDelivery(delivery)
      .catch((error: unknown): Recorded => {
        log.warn({ delivery: delivery.id, error: String(error) }, "a delivery could not be recorded");
        return "unrecorded";
      })
      .finally(() => (recording -= 1));
    return Promise.race([told, later(auditLimitMs)]);
  };
}

function later(ms: number): Promise<Recorded> {
  return new Promise((resolve) => setTimeout(resolve, ms, "unrecorded").unref());
}
