/** The report Worker over HTTP, by its own contract (`core/wire/api`). Repeats nothing: the loop around it does. */
import { DeliverySchema } from "../../../core/wire/api/deliveries.ts";
import { type Deployment, DeploymentListSchema, DeploymentWrittenSchema } from "../../../core/wire/api/deployments.ts";
import { LeasesSchema, MAX_LEASES } from "../../../core/wire/api/leases.ts";
import { MAX_PAGE_DEPLOYMENTS } from "../../../core/wire/api/params.ts";
import { callReport, type ReportAddress } from "./call.ts";
import { type Report, ReportRefused } from "./report.ts";

/** So many deployments are open at once for no operator; more is an API that pages in a circle. */
const MAX_PAGES = 200;

export function reportClient(address: ReportAddress): Report {
  const at = (id: string) => `/api/deployments/${encodeURIComponent(id)}`;
  return {
    recordDelivery: async (body) => {
      const told = callReport(address, { method: "POST", path: "/api/deliveries", body }, DeliverySchema);
      return unlessRefused(told, "delivery-known", "known").then((answer) => (answer === "known" ? "known" : "new"));
    },
    open: () => readAll(address, "/api/deployments"),
    openOf: (repoId, pr) => readAll(address, `/api/pulls/${repoId}/${pr}`),
    register: async (id, body) => {
      await callReport(address, { method: "PUT", path: at(id), body }, DeploymentWrittenSchema);
    },
    setState: async (id, body) => {
      await callReport(address, { method: "POST", path: `${at(id)}/state`, body }, DeploymentWrittenSchema);
    },
    renew: async (ids) => {
      const problems = new Map<string, string>();
      for (let n = 0; n < ids.length; n += MAX_LEASES) {
        const body = { ids: ids.slice(n, n + MAX_LEASES) };
        const { items } = await callReport(address, { method: "POST", path: "/api/leases", body }, LeasesSchema);
        for (const { id, problem } of items) if (problem !== null) problems.set(id, problem);
      }
      return problems;
    },
    // What is not there is closed.
    close: async (id) => {
      const closed = callReport(address, { method: "DELETE", path: at(id) }, DeploymentWrittenSchema);
      await unlessRefused(closed, "deployment-not-found", null);
    },
  };
}

async function readAll(address: ReportAddress, path: string): Promise<readonly Deployment[]> {
  const all: Deployment[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query: URLSearchParams = new URLSearchParams({ open: "true", limit: String(MAX_PAGE_DEPLOYMENTS) });
    if (cursor !== null) query.set("cursor", cursor);
    const answer = await callReport(
      address,
      { method: "GET", path: `${path}?${query.toString()}` },
      DeploymentListSchema,
    );
    all.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return all;
}

async function unlessRefused<T, U>(call: Promise<T>, code: string, instead: U): Promise<T | U> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ReportRefused && error.code === code) return instead;
    throw error;
  }
}
