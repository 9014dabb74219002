/** Waits until a service is healthy: in CI it was started a moment ago. */
import { setTimeout as pause } from "node:timers/promises";
import { peerAt } from "../http/peer.ts";
import { probeOnce } from "./request.ts";

const POLL_MS = 250;
/** Of one question; a service that hangs while it starts is asked again. */
const PATIENCE_MS = 5_000;

interface Waiting {
  readonly url: URL;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly withinMs: number;
}

/** Null once it is healthy; else what was seen last, such as `status 503`. Rejects when `signal` ends it. */
export async function waitUntilHealthy(
  { url, path, headers, withinMs }: Waiting,
  signal: AbortSignal,
): Promise<string | null> {
  const deadline = performance.now() + withinMs;
  const server = peerAt(url, 1);
  const isExpected = (status: number): boolean => status >= 200 && status <= 299;
  try {
    for (;;) {
      const left = deadline - performance.now();
      const asked = { method: "GET", path, headers, body: null, isExpected, check: null };
      const patience = { timeoutMs: Math.max(100, Math.min(PATIENCE_MS, left)), signal };
      const { failed, detail } = await probeOnce(server, asked, patience);
      if (failed === null) return null;
      if (performance.now() + POLL_MS >= deadline) return detail ?? failed;
      await pause(POLL_MS, undefined, { signal });
    }
  } finally {
    server.agent.destroy();
  }
}
