/** A client that sends exchanges through the tee, no faster than the mirror follows, so that nothing is dropped for lack of room. */
import type { Stack } from "../flow/stack.ts";
import { pause, waitFor } from "../servers/wait-for.ts";
import type { Exchange } from "./exchanges.ts";
import type { Origins } from "./origins.ts";

/** At once. The tee mirrors at most 32 at a time. */
const CLIENTS = 8;

/** One that is not mirrored by then will not be: the ledger says why. */
const MIRRORED_WITHIN_MS = 3_000;

export interface Traffic {
  readonly stack: Stack;
  readonly mirrored: Origins["mirrored"];
  /** Called now and then, so that what has piled up can be looked at and forgotten. */
  between?(): Promise<void>;
}

/** Requests until one was mirrored: a routing table is there. Returns how many it took. */
export async function warmUp({ stack, mirrored }: Traffic): Promise<number> {
  let sent = 0;
  return waitFor(async () => {
    await (await stack.client("/c/999999999/warm")).text();
    sent += 1;
    await pause(100);
    return mirrored.size > 0 ? sent : undefined;
  }, "the first mirrored request");
}

const BETWEEN_EXCHANGES = 100;

export async function send(exchanges: readonly Exchange[], traffic: Traffic): Promise<void> {
  for (let start = 0; start < exchanges.length; start += BETWEEN_EXCHANGES) {
    const left = exchanges.slice(start, start + BETWEEN_EXCHANGES);
    await Promise.all(Array.from({ length: CLIENTS }, () => client(left, traffic)));
    await traffic.between?.();
  }
}

async function client(left: Exchange[], { stack, mirrored }: Traffic): Promise<void> {
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { n, path, method, headers, body, prod } = next;
    const response = await stack.client(path, { method, headers, ...(body !== null && { body }) });
    if ((await response.text()) !== prod.body)
      throw new Error(`the client of ${path} got another body than production's`);
    for (const until = Date.now() + MIRRORED_WITHIN_MS; !mirrored.has(n) && Date.now() < until; ) await pause(5);
  }
}
