/**
 * The graph's state: one queue batch. Each node maps over its items; nothing here knows queues or tables.
 */
import { Annotation, type Runtime } from "@langchain/langgraph/web";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Case, RouteMemory } from "../../../core/verdict/case.ts";
import type { Decision } from "../../../core/verdict/decision.ts";
import type { Judged } from "../../../core/verdict/format.ts";
import type { Model } from "../model/model.ts";
import type { Claim } from "../record/decisions.ts";

/** One pair on its way. */
export interface Item {
  readonly captured: CapturedPair;
  readonly case: Case;
  /** The stage that failed on this pair; it becomes Undecided and holds up no other pair. */
  readonly fault: string | null;
  /** What rules alone say; set by the last node. This is what is stored. */
  readonly byRules: Judged | null;
  /** With what models and people said applied; set by the last node. */
  readonly effective: Judged | null;
}

/** Decisions and open questions by `<repoId> <signature>`. */
export interface Said {
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Signatures the model was asked about without an answer so far. */
  readonly open: ReadonlySet<string>;
  /** Signatures without an answer for a day, with a sentence on it: the rule's verdict stands. */
  readonly unavailable: ReadonlyMap<string, string>;
}

export const NOTHING_SAID: Said = { decisions: new Map(), open: new Set(), unavailable: new Map() };

export const BatchState = Annotation.Root({
  items: Annotation<readonly Item[]>(),
  said: Annotation<Said>(),
  /** Signatures this batch claimed, and so has to ask about. */
  claims: Annotation<readonly Claim[]>(),
});
export type Batch = typeof BatchState.State;
export type BatchUpdate = typeof BatchState.Update;

/** What the nodes need from outside; handed to each run, so that the graph is compiled once per isolate. */
export interface Surroundings {
  readonly db: D1Database;
  /** Null when no model is configured. */
  readonly model: Model | null;
  readonly now: () => number;
  readonly batchId: string;
  /** Memories before this batch, by `keyOf(deploymentId, route)`. */
  readonly memories: ReadonlyMap<string, RouteMemory>;
}

export const RunContext = Annotation.Root({ surroundings: Annotation<Surroundings>() });
export type NodeRuntime = Runtime<typeof RunContext.State>;

/** Throws when the graph is run without its surroundings, which is a bug. */
export function surroundingsOf(runtime: NodeRuntime): Surroundings {
  const surroundings = runtime.context?.surroundings;
  if (surroundings === undefined) throw new Error("the graph was run without its surroundings");
  return surroundings;
}

export function saidKey(repoId: number, signature: string): string {
  return `${repoId} ${signature}`;
}

/** Runs a stage on each case that still needs it. A stage that throws makes its own pair Undecided and no other. */
export function mapCases(items: readonly Item[], stage: string, step: (item: Item) => Case): Item[] {
  return items.map((item) => {
    if (item.fault !== null) return item;
    try {
      return { ...item, case: step(item) };
    } catch (error) {
      console.error(
        JSON.stringify({ event: "stage-failed", stage, pair: item.captured.id, error: String(error).slice(0, 300) }),
      );
      return { ...item, fault: stage };
    }
  });
}
