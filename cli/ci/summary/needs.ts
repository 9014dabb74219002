/** How the jobs ended, as GitHub's `toJSON(needs)` tells it, and what that means for all of them together. */
import { z } from "zod";

const NeedsSchema = z.record(
  z.string(),
  z.object({ result: z.string(), outputs: z.record(z.string(), z.string()).optional() }),
);

/** One job and what became of it. `unknown` is a result that GitHub does not name today: it never counts as passed. */
export interface JobResult {
  readonly job: string;
  readonly result: "success" | "failure" | "cancelled" | "skipped" | "unknown";
}

const RESULTS = ["success", "failure", "cancelled", "skipped"] as const;

/** Null where this is not what GitHub writes, or names no job at all. */
export function readNeeds(text: string): readonly JobResult[] | null {
  try {
    const jobs = Object.entries(NeedsSchema.parse(JSON.parse(text)));
    if (jobs.length === 0) return null;
    return jobs.map(([job, { result }]) => ({ job, result: RESULTS.find((each) => each === result) ?? "unknown" }));
  } catch {
    return null;
  }
}

/** A job that was skipped by its `if:` had nothing to do; one that GitHub skipped after a failure stands behind the one that failed. */
export function passed(jobs: readonly JobResult[]): boolean {
  return jobs.every(({ result }) => result === "success" || result === "skipped");
}

/** The verdict in words. */
export function verdictOf(jobs: readonly JobResult[]): string {
  const names = (wanted: JobResult["result"]) => jobs.filter(({ result }) => result === wanted).map(({ job }) => job);
  const [failed, cancelled, unknown] = [names("failure"), names("cancelled"), names("unknown")];
  const parts = [
    ...(failed.length > 0 ? [`${failed.join(", ")} failed`] : []),
    ...(cancelled.length > 0 ? [`cancelled: ${cancelled.join(", ")}`] : []),
    ...(unknown.length > 0 ? [`${unknown.join(", ")} ended in an unknown way`] : []),
  ];
  if (parts.length > 0) return parts.join("; ");
  const ran = names("success").length;
  return ran === jobs.length ? `all ${ran} jobs passed` : `${ran} jobs passed, ${jobs.length - ran} had nothing to do`;
}
