/** Who decided, in words. */
import type { Drift } from "../../../core/wire/api/drifts.ts";
import { plain } from "./plain.ts";

export function decidedWords({ decidedBy, modelVersion }: Pick<Drift, "decidedBy" | "modelVersion">): string {
  if (decidedBy === "model") return `decided by the model${modelVersion === null ? "" : ` ${plain(modelVersion)}`}`;
  return decidedBy === "person" ? "decided by a person" : "decided by a rule";
}
