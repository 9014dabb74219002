/**
 * The pairs of the benchmark: what a queue holds, since pairs that are equal byte for byte are settled in the tee. A third
 * differs in a clock and an id only, a third in a label as well, a third has lost a field. The same for the same number.
 */
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Answer } from "../../../core/pair/pair.ts";

const DEPLOYMENT_ID = "7-12-0123456789ab";
const REPO_ID = 7;
const CAPTURED_AT = 1_800_000_000_000;

/** Routes of a deployment: pairs of one route learn from each other. */
const ROUTES = 10;

/** Characters of one item in the body. */
const ITEM_CHARS = 100;

/** `run` tells the pairs of two batches apart; `bytes` is the size of each body, about. */
export interface PairOptions {
  readonly run: string;
  readonly count: number;
  readonly bytes: number;
}

export function pairsOf({ run, count, bytes }: PairOptions): readonly CapturedPair[] {
  return Array.from({ length: count }, (_, at) => pairOf(`${run}-${String(at).padStart(6, "0")}`, at, bytes));
}

function pairOf(id: string, at: number, bytes: number): CapturedPair {
  const items = Array.from({ length: Math.max(1, Math.round(bytes / ITEM_CHARS)) }, (_, n) => itemOf(at, n));
  const prod = { requestId: uuid(at, 1), generatedAt: moment(at), label: "green apple", currency: "EUR", items };
  const own = { ...prod, requestId: uuid(at, 2), generatedAt: moment(at + 1) };
  const { currency: _lost, ...without } = own;
  const shadows = [own, { ...own, label: "red apple" }, without];
  return {
    id,
    deploymentId: DEPLOYMENT_ID,
    repoId: REPO_ID,
    capturedAt: CAPTURED_AT + at,
    credentials: "none",
    request: { method: "GET", path: `/shop${at % ROUTES}/orders/${at}`, headers: {}, body: null },
    prod: answerOf(prod),
    shadow: answerOf(shadows[at % shadows.length]),
  };
}

function itemOf(at: number, n: number) {
  return { id: at * 1_000 + n, name: `product ${n}`, price: 100 + (n % 7), tags: ["new", "sale"], stock: n };
}

function answerOf(body: unknown): Answer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body), latencyMs: 10 };
}

function moment(at: number): string {
  return new Date(CAPTURED_AT + at * 1_000).toISOString();
}

function uuid(at: number, side: number): string {
  return `${side}f0c2a9e-4d1b-4c3a-9e8f-${String(at).padStart(12, "0")}`;
}
