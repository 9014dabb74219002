/** A report API over HTTP that keeps deployments, states and leases in memory: what a provisioner needs of it and no more. */
import type { DeploymentPutBody } from "../../../core/wire/api/deployments.ts";
import { DEPLOYMENT } from "../report.ts";
import { type ScriptedApi, scriptedApi } from "../scripted-api.ts";

export interface SmallReport extends ScriptedApi {
  /** By id: as the API shows it. */
  readonly deployments: ReadonlyMap<string, typeof DEPLOYMENT>;
  /** As it was last registered. */
  readonly puts: ReadonlyMap<string, DeploymentPutBody>;
  readonly leased: ReadonlySet<string>;
  /** From now on no call is answered. */
  hang(): void;
}

export async function smallReport(): Promise<SmallReport> {
  const deployments = new Map<string, typeof DEPLOYMENT>();
  const puts = new Map<string, DeploymentPutBody>();
  const leased = new Set<string>();
  let hangs = false;
  const change = (id: string, over: Partial<typeof DEPLOYMENT>) => {
    const changed = { ...DEPLOYMENT, ...deployments.get(id), ...over, id };
    deployments.set(id, changed);
    if (changed.state !== "ready") leased.delete(id);
    return { body: changed };
  };
  const scripted = await scriptedApi(({ line, body }) => {
    if (hangs) return null;
    const [, method = "", id = "", state] = /^(\w+) \/api\/deployments\/([^/?]+)(\/state)?$/.exec(line) ?? [];
    if (line === "POST /api/deliveries") return { status: 201, body: { id: "1", receivedAt: "" } };
    if (line === "POST /api/leases") return { body: renewed(body as { ids: string[] }, leased) };
    if (line.includes("?")) return { body: { items: openOnes(deployments), nextCursor: null } };
    if (method === "PUT") {
      puts.set(id, body as DeploymentPutBody);
      const { repository, pull, headSha, shadowOrigin, hosts } = body as DeploymentPutBody;
      const before = deployments.get(id)?.state ?? "pending";
      return change(id, { repository, pull, headSha, shadowOrigin, hosts, state: before, stack: stackIn(body) });
    }
    if (state !== undefined) {
      const { state: next, reason } = body as Pick<typeof DEPLOYMENT, "state"> & { reason: string | null };
      return change(id, { state: next, stateReason: reason });
    }
    if (method === "DELETE") return change(id, { state: "closed" });
    return { body: deployments.get(id) };
  });
  const hang = () => {
    hangs = true;
  };
  return { ...scripted, deployments, puts, leased, hang };
}

function openOnes(deployments: ReadonlyMap<string, typeof DEPLOYMENT>) {
  return [...deployments.values()].filter(({ state }) => state !== "closed");
}

function renewed({ ids }: { readonly ids: readonly string[] }, leased: Set<string>) {
  for (const id of ids) leased.add(id);
  return { items: ids.map((id) => ({ id, expiresAt: "2026-01-01T00:00:00.000Z", problem: null })) };
}

/** Defaults filled in, as the API shows it. */
function stackIn(body: unknown): typeof DEPLOYMENT.stack {
  const { stack } = body as { readonly stack: typeof DEPLOYMENT.stack };
  return stack;
}
