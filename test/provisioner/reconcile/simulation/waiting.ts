/** What should be the case of a fork's commit that nobody approved: a row to look at, and nothing else. */
import type { SimPull } from "./github.ts";
import type { SimDeployment } from "./report.ts";

/** `records`: of this pull request, those that are not closed. */
export function waitingUntruths(
  { repoId, number, sha }: SimPull,
  records: readonly SimDeployment[],
  leases: number,
): readonly string[] {
  const name = `${repoId}/${number} waits for approval and`;
  const [row] = records;
  if (row === undefined || records.length > 1 || row.sha !== sha)
    return [`${name} shows ${records.map(({ id }) => id).join() || "nothing"}`];
  const { state, reason, body } = row;
  const isBare = body.shadowOrigin === null && body.hosts.length === 0 && (body.stack ?? null) === null;
  const isShown = state === "pending" && reason?.startsWith(`Waits for approval of ${sha.slice(0, 7)}`) === true;
  if (isBare && isShown && leases === 0) return [];
  return [`${name} is ${state} (${reason ?? ""}) with ${leases} leases, hosts ${body.hosts.join()}`];
}
