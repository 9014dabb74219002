/** One measurement of a cell: warm up, send, wait until everything in the background is done, read the CPU time. */
import { pause } from "../servers/wait-for.ts";
import { type Cell, PASSTHROUGH } from "./cells.ts";
import { load } from "./load.ts";
import type { Stand } from "./stand.ts";

/** Before each measurement: brings the routing table, which is only kept for some seconds. */
const WARM_REQUESTS = 32;
const WARM_MS = 100;

/** Nothing new for this long means that the background is done. */
const QUIET_MS = 60;

export interface Measurement {
  readonly cpuMsPerRequest: number;
  readonly requestsPerSecond: number;
  /** Shares of the requests that reached the shadow, and that ended in a message of the queue. */
  readonly mirrored: number;
  readonly queued: number;
}

export async function measure(
  stand: Stand,
  cell: Cell,
  { requests, signal }: { readonly requests: number; readonly signal: AbortSignal },
): Promise<Measurement> {
  const { port, cpuMs } = stand.measured(cell.kind);
  await load({ port, cell, requests: WARM_REQUESTS, signal });
  if (cell.kind !== PASSTHROUGH) await pause(WARM_MS);
  const before = await quiet(stand, signal);
  const cpuBefore = cpuMs();
  const tookMs = await load({ port, cell, requests, signal });
  const after = await quiet(stand, signal);
  return {
    cpuMsPerRequest: (cpuMs() - cpuBefore) / requests,
    requestsPerSecond: (requests / tookMs) * 1000,
    mirrored: (after.mirrored - before.mirrored) / requests,
    queued: (after.messages - before.messages) / requests,
  };
}

async function quiet(stand: Stand, signal: AbortSignal) {
  let last = await stand.arrived();
  for (;;) {
    signal.throwIfAborted();
    await pause(QUIET_MS);
    const now = await stand.arrived();
    if (now.messages === last.messages && now.mirrored === last.mirrored) return now;
    last = now;
  }
}
