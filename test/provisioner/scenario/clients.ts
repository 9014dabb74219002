/** The clients of production: they ask for as long as a scenario lasts, and note every answer that was not production's own. */
import { setTimeout as pause } from "node:timers/promises";
import type { Workers } from "./workers.ts";

/** Between two requests of a host's clients. */
const CLIENT_MS = 150;

export interface Clients {
  /** `<host> <number>: <status>`. */
  readonly faults: readonly string[];
  readonly stop: () => Promise<void>;
}

/** For each host one request after the other. */
export function startClients({ client }: Workers, hosts: readonly string[]): Clients {
  const faults: string[] = [];
  const over = new AbortController();
  const running = hosts.map(async (host) => {
    for (let n = 1; !over.signal.aborted; n += 1) {
      const status = await client(host, `/greeting/${host}/${n}`).catch(String);
      if (status !== 200 && !over.signal.aborted) faults.push(`${host} ${n}: ${status}`);
      await pause(CLIENT_MS);
    }
  });
  return {
    faults,
    stop: async () => {
      over.abort();
      await Promise.all(running);
    },
  };
}
