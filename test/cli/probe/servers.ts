/** Real servers that behave in one way each, for tests of `shadow-infra probe`. */
import type { RequestListener, ServerResponse } from "node:http";
import { type Listening, listen } from "../../servers/http.ts";

export const STATS = {
  model_version: "2.1.0",
  p50: 4.2,
  p95: 9.5,
  p99: 12,
  count: 120,
  drift: { avg_delta: 0.4, max_delta: 7, corridors: [{ corridor: "GET /orders", count: 120 }] },
};

export const EVENTS = { events: [{ corridor: "GET /orders", timestamp: "2026-01-02T03:04:05Z", delta: 0.4 }] };

export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

/** Each answers every path in its one way. The number counts requests from 1. */
type Behaviour = (request: Parameters<RequestListener>[0], response: ServerResponse, number: number) => void;

export const BEHAVIOURS = {
  good: (_, response) => json(response, STATS),
  slow: (_, response) => void setTimeout(() => json(response, STATS), 20),
  failing: (_, response) => json(response, { error: "no" }, 500),
  huge: (_, response) => json(response, { ...STATS, filler: "x".repeat(30 * 1_024) }),
  malformed: (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"model_version": ');
  },
  incomplete: (_, response) => json(response, { ...STATS, drift: { avg_delta: 1, max_delta: 2 } }),
  hanging: () => {},
  "hanging after a while": (_, response, number) => void (number <= 8 && json(response, STATS)),
  "hanging in the body": (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
  },
  resetting: (request) => void request.socket.destroy(),
  "resetting in the body": (request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{", () => setTimeout(() => request.socket.destroy(), 2));
  },
  redirecting: (_, response) => {
    response.writeHead(302, { location: "/login?token=abc" });
    response.end();
  },
  "slow at the end": (_, response, number) => void setTimeout(() => json(response, STATS), number > 35 ? 60 : 0),
  endless: (_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(4 * 1_024 * 1_024);
    const more = (): void => void (response.destroyed || response.write(chunk, more));
    more();
  },
} as const satisfies Readonly<Record<string, Behaviour>>;

export type BehaviourName = keyof typeof BEHAVIOURS;

export function behaving(name: BehaviourName): Promise<Listening> {
  let number = 0;
  return listen((request, response) => {
    number += 1;
    request.resume();
    const behaviour: Behaviour = BEHAVIOURS[name];
    behaviour(request, response, number);
  });
}
