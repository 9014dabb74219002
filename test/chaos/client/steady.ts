/** Steady small requests to one host, to see when mirroring begins, stops and comes back, and what a client gets meanwhile. */
import { randomUUID } from "node:crypto";
import { pause } from "../../servers/wait-for.ts";
import { exchange, type Item } from "./exchange.ts";

export interface To {
  readonly port: number;
  readonly host: string;
}

let asked = 0;

export function small(path = "/b/1?k=changed&n=1024"): Item {
  asked += 1;
  return { label: "small", method: "GET", path, client: `steady-${asked}` };
}

/** Sends one after the other until `done` says so, at most for `withinMs`; resolves with the time it took, or Infinity. */
export async function until(done: () => Promise<boolean>, to: To, { withinMs, everyMs }: Pace): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    if (await done()) return performance.now() - startedAt;
    if (performance.now() - startedAt > withinMs) return Number.POSITIVE_INFINITY;
    await exchange(small(), { ...to, id: randomUUID() });
    await pause(everyMs);
  }
}

interface Pace {
  readonly withinMs: number;
  readonly everyMs: number;
}
