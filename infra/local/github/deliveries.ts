/** Sends webhooks as GitHub does: signed, one after the other, never again by itself; or loses, doubles, holds and delays them on request. */
import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Deliveries, Delivery, Fate } from "./stand-in.ts";

/** GitHub gives up on an answer after that. https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks */
const ANSWER_TIMEOUT_MS = 10_000;

interface Sent extends Delivery {
  readonly answers: (number | null)[];
}

export interface DeliveryDesk extends Deliveries {
  /** Nothing is sent any more. */
  readonly close: () => void;
}

export function createDeliveries(): DeliveryDesk {
  const desk = createLine();
  let decide: ((delivery: Delivery) => Fate) | null = null;
  const made: Sent[] = [];
  const held = new Set<Sent>();

  function start(delivery: Sent): void {
    const fate = decide?.(delivery) ?? "send";
    if (fate === "hold") held.add(delivery);
    else if (fate === "send" || fate === "twice") void desk.enqueue(delivery);
    else if (fate !== "lose") void desk.track(wait(fate.afterMs).then(() => desk.post(delivery)));
    if (fate === "twice") void desk.enqueue(delivery);
  }

  return {
    made,
    to: desk.to,
    decide: (next) => {
      decide = next;
    },
    make: (event, payload) => {
      const action = "action" in payload && typeof payload.action === "string" ? payload.action : null;
      const delivery: Sent = { id: randomUUID(), event, action, body: JSON.stringify(payload), answers: [] };
      made.push(delivery);
      start(delivery);
      return delivery;
    },
    release: async (arrange = (all) => all) => {
      const chosen = arrange([...held]).flatMap(({ id }) => made.find((one) => one.id === id) ?? []);
      for (const delivery of chosen) held.delete(delivery);
      await Promise.all(chosen.map(desk.enqueue));
    },
    redeliver: (id) => {
      const delivery = made.find((one) => one.id === id);
      return delivery === undefined ? Promise.resolve(null) : desk.track(desk.post(delivery));
    },
    settled: desk.settled,
    close: desk.close,
  };
}

/** Where deliveries go, and those on their way. */
function createLine() {
  let webhook: { readonly url: string; readonly secret: string } | null = null;
  let line: Promise<unknown> = Promise.resolve();
  const underWay = new Set<Promise<unknown>>();
  const stopped = new AbortController();

  function track<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
    return work;
  }

  async function post(delivery: Sent): Promise<number | null> {
    if (webhook === null || stopped.signal.aborted) return null;
    const status = await postSigned(webhook, delivery, stopped.signal);
    delivery.answers.push(status);
    return status;
  }

  /** Behind those before it. */
  function enqueue(delivery: Sent): Promise<number | null> {
    const sending = line.then(() => post(delivery));
    line = sending;
    return track(sending);
  }

  return {
    track,
    post,
    enqueue,
    to: (next: { readonly url: string; readonly secret: string } | null) => {
      webhook = next;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    close: () => stopped.abort(),
  };
}

/** The status of the answer; null: nobody answered in time. */
async function postSigned(
  { url, secret }: { readonly url: string; readonly secret: string },
  delivery: Delivery,
  stopped: AbortSignal,
): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: delivery.body,
      redirect: "manual",
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      headers: {
        "content-type": "application/json",
        "user-agent": "GitHub-Hookshot/local",
        "x-github-delivery": delivery.id,
        "x-github-event": delivery.event,
        "x-github-hook-id": "1",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(delivery.body).digest("hex")}`,
      },
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
