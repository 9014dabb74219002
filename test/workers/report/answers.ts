/** What tests of the report Worker ask of its answers and of its registries. */
import { expect } from "vitest";
import { ProblemSchema } from "../../../core/wire/problem.ts";
import type { SyncReport } from "../../../core/wire/sync.ts";
import type { ReportWorker } from "./report-worker.ts";

/** `409 deployment-closed`: status and code of a problem. */
export async function code(response: Response): Promise<string> {
  const problem = ProblemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return `${response.status} ${problem.code}`;
}

/** The report of an isolate that saw nothing. */
export function silence(sequence: number): SyncReport {
  return { isolateId: "an isolate", sequence, unrouted: 0, deployments: {}, equalRoutes: {}, open: [] };
}

/** Ids of the deployments that a host's tees would mirror to now. */
export async function mirroredOn(report: ReportWorker, host: string): Promise<readonly string[]> {
  const { targets } = await report.registry(host).sync(silence(1));
  return targets.map(({ deploymentId }) => deploymentId);
}
