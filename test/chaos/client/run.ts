/**
 * One run of a cell: the same traffic to a host that is mirrored and, request by request in turns, to Workers with mirroring off.
 * What the two see is compared; what may differ is only how long it took.
 */
import { randomUUID } from "node:crypto";
import type { Ports } from "../rig/workerd-config.ts";
import { exchange, type Item, type Outcome } from "./exchange.ts";

/** Keep-alive connections at once to each side. */
const CLIENTS = 4;

/** What a request may take longer than its control before it counts as a stall. Milliseconds. */
export const STALL_MS = 250;

export interface Stall {
  readonly label: string;
  readonly byMs: number;
}

export interface RunResult {
  readonly requests: number;
  /** Errors that the control did not have. */
  readonly errors: readonly string[];
  readonly differences: readonly string[];
  readonly stalls: readonly Stall[];
}

interface Running {
  readonly ports: Ports;
  readonly host: string;
  readonly signal: AbortSignal;
}

export async function run(items: readonly Item[], running: Running): Promise<RunResult> {
  const left = items.entries();
  const results: Compared[] = [];
  const client = async (): Promise<void> => {
    for (const [at, item] of left) {
      running.signal.throwIfAborted();
      results.push(await interleaved(item, at, running));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return {
    requests: results.length,
    errors: results.flatMap(({ error }) => error ?? []),
    differences: results.flatMap(({ difference }) => difference ?? []),
    stalls: results.flatMap(({ label, byMs }) => (byMs > STALL_MS ? { label, byMs } : [])),
  };
}

interface Compared {
  readonly label: string;
  readonly error?: string;
  readonly difference?: string;
  readonly byMs: number;
}

/** Who goes first takes turns, and so does the control: the tee without targets, and the Worker that only hands on. */
async function interleaved(item: Item, at: number, { ports, host }: Running): Promise<Compared> {
  const mirrored = (): Promise<Outcome> => exchange(item, { port: ports.tee, host, id: randomUUID() });
  const controlPort = at % 4 < 2 ? ports.off : ports.passthrough;
  const control = (): Promise<Outcome> => exchange(item, { port: controlPort, host: "off.test", id: randomUUID() });
  if (at % 2 === 0) {
    const on = await mirrored();
    return compared(item, on, await control());
  }
  const off = await control();
  return compared(item, await mirrored(), off);
}

function compared({ label }: Item, on: Outcome, off: Outcome): Compared {
  const byMs = on.totalMs - off.totalMs;
  if ("error" in on) return { label, byMs, ...(!("error" in off) && { error: `${label}: ${on.error}` }) };
  if ("error" in off || on.content === off.content) return { label, byMs };
  return { label, byMs, difference: `${label}: ${changed(off.content, on.content)}` };
}

function changed(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `-${line}`);
  const added = now.filter((line) => !old.includes(line)).map((line) => `+${line}`);
  return [...gone, ...added].join(" ");
}
