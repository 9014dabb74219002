/**
 * The graph, run once per batch:
 * START -> structural_check -> (all settled) -> format_verdict -> END
 * structural_check -> extract_diffs -> filter_noise -> recall_verdicts -> (nothing new) -> format_verdict
 * else recall_verdicts -> semantic_analysis -> format_verdict -> END
 */
import { END, START, StateGraph } from "@langchain/langgraph/web";
import type { CompareSettings } from "../../../core/compare/settings.ts";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { openCase } from "../../../core/verdict/open.ts";
import { extractDiffsNode } from "./nodes/extract-diffs.ts";
import { filterNoiseNode } from "./nodes/filter-noise.ts";
import { formatVerdictNode } from "./nodes/format-verdict.ts";
import { nothingNew, recallVerdictsNode } from "./nodes/recall-verdicts.ts";
import { semanticAnalysisNode } from "./nodes/semantic-analysis.ts";
import { allSettled, structuralCheckNode } from "./nodes/structural-check.ts";
import { type Batch, BatchState, type Item, NOTHING_SAID, RunContext, type Surroundings } from "./state.ts";

/** Compiled once per isolate: building it costs more than running it. */
const graph = new StateGraph(BatchState, RunContext)
  .addNode("structural_check", structuralCheckNode)
  .addNode("extract_diffs", extractDiffsNode)
  .addNode("filter_noise", filterNoiseNode)
  .addNode("recall_verdicts", recallVerdictsNode)
  .addNode("semantic_analysis", semanticAnalysisNode)
  .addNode("format_verdict", formatVerdictNode)
  .addEdge(START, "structural_check")
  .addConditionalEdges("structural_check", (s) => (allSettled(s) ? "format_verdict" : "extract_diffs"), [
    "format_verdict",
    "extract_diffs",
  ])
  .addEdge("extract_diffs", "filter_noise")
  .addEdge("filter_noise", "recall_verdicts")
  .addConditionalEdges("recall_verdicts", (s) => (nothingNew(s) ? "format_verdict" : "semantic_analysis"), [
    "format_verdict",
    "semantic_analysis",
  ])
  .addEdge("semantic_analysis", "format_verdict")
  .addEdge("format_verdict", END)
  .compile();

/** Judges opened pairs. Throws when a table cannot be read; a pair whose stage fails comes back with its `fault`. */
export async function judgeBatch(items: readonly Item[], surroundings: Surroundings): Promise<Batch> {
  const start: Batch = {
    items,
    said: NOTHING_SAID,
    claims: [],
  };
  return graph.invoke(start, { context: { surroundings } });
}

export function opened(captured: CapturedPair, settings?: CompareSettings): Item {
  return {
    captured,
    case: openCase(captured, { credentials: captured.credentials, settings }),
    fault: null,
    byRules: null,
    effective: null,
  };
}
