/** Deployments that are registered, ready and leased, for tests of what their tees' reports come to. */
import type { ReportWorker } from "./report-worker.ts";

export interface Registered {
  readonly id: string;
  readonly hosts: readonly string[];
  readonly pull: number;
}

/** Registers a deployment, makes it ready and leases it. Again with other hosts: moves it. */
export async function mirror(report: ReportWorker, { id, hosts, pull }: Registered): Promise<void> {
  const path = `/api/deployments/${id}`;
  const put = await report.service("PUT", path, {
    repository: { id: 7, fullName: "acme/shop" },
    pull: { number: pull, title: "Round prices", url: null, branch: "round-prices" },
    headSha: "0123456789ab",
    hosts,
    shadowOrigin: "http://127.0.0.1:3001",
  });
  const state = await report.service("POST", `${path}/state`, { state: "ready" });
  const lease = await report.service("POST", `${path}/lease`);
  for (const answer of [put, state, lease]) if (!answer.ok) throw new Error(await answer.text());
}
