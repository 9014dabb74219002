/** filter_noise: differences become findings; what a second answer or a volatile class explains is marked as noise, and the OpenAPI file has its say. */
import { filterNoise } from "../../../../core/noise/filter.ts";
import { checkContract } from "../../../../core/openapi/check.ts";
import { lessonOf } from "../../../../core/verdict/lesson.ts";
import { rollingMemory } from "../memory.ts";
import { type Batch, type BatchUpdate, mapCases, type NodeRuntime, surroundingsOf } from "../state.ts";

export function filterNoiseNode(state: Batch, runtime: NodeRuntime): BatchUpdate {
  const memory = rollingMemory(surroundingsOf(runtime).memories);
  const items = mapCases(state.items, "filter_noise", (item) => {
    const filtered = item.case.settled ? item.case : checkContract(filterNoise(item.case, memory.of(item)));
    memory.learn(item, lessonOf(filtered));
    return filtered;
  });
  return { items };
}
