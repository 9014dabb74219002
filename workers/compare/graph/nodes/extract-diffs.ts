/** extract_diffs: bodies and headers of the pairs that are not settled become differences. */
import { extractDiffs } from "../../../../core/compare/extract.ts";
import { type Batch, type BatchUpdate, mapCases } from "../state.ts";

export function extractDiffsNode(state: Batch): BatchUpdate {
  return {
    items: mapCases(state.items, "extract_diffs", (item) => (item.case.settled ? item.case : extractDiffs(item.case))),
  };
}
