/** Watches the servers: a run against one that is gone says nothing, however many requests it sends. */
import { answered, type Observation } from "../../core/pair/pair.ts";
import type { Sides } from "./pair.ts";

/** Failures in a row after which a server counts as gone. */
export const MAX_FAILURES_IN_A_ROW = 20;

/** Nobody listens there, or not in that language: the first answer decides, as it would for all. */
const UNREACHABLE: ReadonlySet<string> = new Set(["refused", "dns", "tls"]);

export type ServerName = "prod" | "shadow" | "base";

/** What ended a run early. */
export interface Gone {
  readonly server: ServerName;
  readonly failed: string;
  /** It never answered at all. */
  readonly never: boolean;
}

/** Feeds the answers of each request in; null as long as all goes on. */
export function createHealth(): (sides: Sides) => Gone | null {
  const failures: Record<ServerName, number> = { prod: 0, shadow: 0, base: 0 };
  const ever: Record<ServerName, boolean> = { prod: false, shadow: false, base: false };
  const look = (server: ServerName, side: Observation | undefined): Gone | null => {
    if (side === undefined) return null;
    if (answered(side)) {
      failures[server] = 0;
      ever[server] = true;
      return null;
    }
    failures[server]++;
    const never = !ever[server];
    const gone = failures[server] >= MAX_FAILURES_IN_A_ROW || (never && UNREACHABLE.has(side.failed));
    return gone ? { server, failed: side.failed, never } : null;
  };
  return ({ prod, shadow, base }) => look("prod", prod) ?? look("base", base) ?? look("shadow", shadow);
}
