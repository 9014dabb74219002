/**
 * Starts what is measured, one after the other so that neither disturbs the other: the graph in a Worker of its own, and the
 * consumer with its queue, from the real wrangler files. Each measurement says how long its pairs took.
 */
import { createTestHarness } from "wrangler";
import { startStand } from "../../workers/compare/stand.ts";
import { pairsOf } from "./pairs.ts";
import type { BatchKind, BatchTimes, FlowKind } from "./result.ts";

/** The runtime's own lines would stand in the result, and cost time. */
process.env.WRANGLER_LOG ??= "error";

/** Invocations for the whole batch per measurement: its time is a twentieth, and timers and requests have a share in it. */
const BATCH_TIMES = 10;

/** The longest a flow may take before something is wrong. */
const FLOW_MAX_MS = 120_000;

export interface GraphStand {
  measure(kind: BatchKind): Promise<BatchTimes>;
  close(): Promise<void>;
}

export async function startGraph(): Promise<GraphStand> {
  const harness = createTestHarness({ workers: [{ configPath: "test/bench/pipeline/worker/wrangler.toml" }] });
  await harness.listen();
  const worker = harness.getWorker("shadow-infra-bench-pipeline");
  await worker.applyD1Migrations("DB");
  /** Milliseconds of one time. */
  const run = async (mode: "batch" | "each", { pairs, bytes }: BatchKind, times: number): Promise<number> => {
    const began = performance.now();
    const response = await worker.fetch(`http://bench/${mode}?count=${pairs}&bytes=${bytes}&times=${times}`);
    const answer = await response.text();
    if (answer !== JSON.stringify({ judged: pairs * times })) throw new Error(`not all pairs were judged: ${answer}`);
    return (performance.now() - began) / times;
  };
  return {
    measure: async (kind) => ({ eachMs: await run("each", kind, 1), batchMs: await run("batch", kind, BATCH_TIMES) }),
    close: () => harness.close(),
  };
}

export interface FlowStand {
  /** Pairs per second, from the first message sent to the last row stored. */
  measure(kind: FlowKind): Promise<number>;
  close(): Promise<void>;
}

export async function startFlow(): Promise<FlowStand> {
  const stand = await startStand();
  const measure = async ({ pairs, perMessage, bytes }: FlowKind): Promise<number> => {
    await stand.clear();
    const all = pairsOf({ run: crypto.randomUUID(), count: pairs, bytes });
    const messages = Array.from({ length: pairs / perMessage }, (_, n) =>
      all.slice(n * perMessage, (n + 1) * perMessage),
    );
    const began = performance.now();
    await stand.sendAll(messages);
    await stand.stored(pairs, FLOW_MAX_MS);
    return pairs / ((performance.now() - began) / 1_000);
  };
  return { measure, close: () => stand.close() };
}
