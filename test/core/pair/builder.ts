/** Pairs as plain data for tests: only what a test is about is spelled out. */
import type { Answer, Pair, PairRequest } from "../../../core/pair/pair.ts";

/** An answer with a JSON body, 20 ms long. */
export function answer(body: unknown, more: Partial<Answer> = {}): Answer {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    status: 200,
    body: text,
    latencyMs: 20,
    ...more,
    headers: { "content-type": "application/json", ...more.headers },
  };
}

export function pairOf(sides: Pick<Pair, "prod" | "shadow"> & Partial<Pair>, request: Partial<PairRequest> = {}): Pair {
  return { id: "pair", request: { method: "GET", path: "/things", headers: {}, body: null, ...request }, ...sides };
}
