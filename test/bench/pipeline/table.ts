/** The result as text. */
import { aligned } from "../aligned.ts";
import type { Estimate, Judgement } from "../statistics.ts";
import type { BatchRow, FlowRow, Result } from "./result.ts";

const WORDS: Readonly<Record<Judgement, string>> = { met: "met", open: "open", missed: "MISSED" };

const BATCH_HEAD = ["the graph, once for", "bodies", "times as fast as once for each", "goal", "", "ms", "ms, each"];
const FLOW_HEAD = ["from queue to rows", "bodies", "pairs per second"];

export function table({ batches, flows, rounds }: Result): string {
  return [
    aligned([BATCH_HEAD, ...batches.map(batchCells)]),
    "",
    aligned([FLOW_HEAD, ...flows.map(flowCells)]),
    "",
    `Medians of ${rounds} rounds [95 % interval]. open: the median lies below the goal, but its interval reaches it.`,
    "",
  ].join("\n");
}

function batchCells({ pairs, bytes, ratio, goal, judgement, batchMs, eachMs }: BatchRow): readonly string[] {
  const judged = [goal === null ? "" : `${goal}x`, judgement === null ? "" : WORDS[judgement]];
  return [`${pairs} pairs`, kilobytes(bytes), interval(ratio, "x"), ...judged, batchMs.toFixed(1), eachMs.toFixed(1)];
}

function flowCells({ perMessage, bytes, pairsPerSecond }: FlowRow): readonly string[] {
  return [`${perMessage} to a message`, kilobytes(bytes), interval(pairsPerSecond, "")];
}

function interval({ median, low, high }: Estimate, unit: string): string {
  const [middle, from, to] = [median, low, high].map((value) => value.toFixed(value < 100 ? 1 : 0));
  return `${middle}${unit} [${from}, ${to}]`;
}

function kilobytes(bytes: number): string {
  return `${bytes / 1_000} KB`;
}
