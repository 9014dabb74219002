/** Sends an example's traffic through the tee: paced, bounded, each answer read to its end. */
import { setTimeout as sleep } from "node:timers/promises";
import type { ExampleRequest } from "./examples/example.ts";

/** At most so many requests wait for their answer. Below the tee's own limit of 32 mirrored at a time. */
const CONCURRENCY = 6;
/** Pause between two starts. A request is mirrored after its answer: without a pause the mirror would fall behind and drop. */
const PAUSE_MS = 18;
const REQUEST_TIMEOUT_MS = 30_000;
/** Long enough for the tee to have fetched its table in between. */
const WARM_UP_PAUSE_MS = 600;

export interface Traffic {
  readonly origin: string;
  readonly requests: readonly ExampleRequest[];
  readonly signal: AbortSignal;
  readonly progress: (sent: number, total: number) => void;
}

export interface Sent {
  /** Requests that were sent, whether or not they were answered. */
  readonly sent: number;
  /** Of those, the ones without an answer: production itself failed. */
  readonly unanswered: number;
}

/** The first request alone, so that the tee knows its table when the rest arrives; it meets no table and says so in the ledger. */
export async function warmUp({ origin, requests, signal }: Traffic): Promise<Sent> {
  const first = requests[0];
  if (first === undefined) return { sent: 0, unanswered: 0 };
  const ok = await sendOne(origin, first, signal);
  await sleep(WARM_UP_PAUSE_MS, undefined, { signal });
  return { sent: 1, unanswered: ok ? 0 : 1 };
}

export async function sendTraffic({ origin, requests, signal, progress }: Traffic): Promise<Sent> {
  const waiting = new Set<Promise<void>>();
  let unanswered = 0;
  let sent = 0;
  for (const request of requests) {
    signal.throwIfAborted();
    while (waiting.size >= CONCURRENCY) await Promise.race(waiting);
    const one = sendOne(origin, request, signal).then((ok) => {
      waiting.delete(one);
      if (!ok) unanswered += 1;
    });
    waiting.add(one);
    sent += 1;
    progress(sent, requests.length);
    await sleep(PAUSE_MS, undefined, { signal });
  }
  await Promise.all(waiting);
  return { sent, unanswered };
}

async function sendOne(
  origin: string,
  { method, path, headers }: ExampleRequest,
  signal: AbortSignal,
): Promise<boolean> {
  const limits = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
  try {
    const answer = await fetch(`${origin}${path}`, { method, headers, redirect: "manual", signal: limits });
    await answer.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
