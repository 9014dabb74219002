/** structural_check: statuses, missing answers, empty bodies, latency; settles pairs that are equal byte for byte. */
import { structuralCheck } from "../../../../core/verdict/structural.ts";
import { rollingMemory, slowLesson } from "../memory.ts";
import { type Batch, type BatchUpdate, mapCases, type NodeRuntime, surroundingsOf } from "../state.ts";

export function structuralCheckNode(state: Batch, runtime: NodeRuntime): BatchUpdate {
  const memory = rollingMemory(surroundingsOf(runtime).memories);
  const items = mapCases(state.items, "structural_check", (item) => {
    const checked = structuralCheck(item.case, memory.of(item));
    memory.learn(item, slowLesson(checked));
    return checked;
  });
  return { items };
}

/** A pair that failed a stage has nothing more to be compared. */
export function allSettled(state: Batch): boolean {
  return state.items.every((item) => item.fault !== null || item.case.settled);
}
