/** The report Worker as the loop sees it: states, leases that run out, a registry that may be dead, answers that get lost. */
import type { Deployment, DeploymentPutBody } from "../../../../core/wire/api/deployments.ts";
import { LEASE_MS } from "../../../../core/wire/sync.ts";
import { type Report, ReportRefused, ReportUnavailable } from "../../../../infra/provisioner/report/report.ts";
import type { Chance } from "./chance.ts";
import type { VirtualTime } from "./clock.ts";

export interface SimDeployment {
  readonly id: string;
  readonly repoId: number;
  readonly pr: number;
  readonly sha: string;
  body: DeploymentPutBody;
  state: Deployment["state"];
  reason: string | null;
  leaseUntil: number;
  readonly createdAt: number;
  lastPairAt: number | null;
}

export interface SimReport extends Report {
  up: boolean;
  registryUp: boolean;
  /** Share of calls whose answer gets lost after they took effect. */
  losesAnswers: number;
  readonly deployments: Map<string, SimDeployment>;
  readonly isLeased: (deployment: SimDeployment) => boolean;
  /** What is registered is refused with this problem; null: it is not. */
  refuses: string | null;
}

/** `granted`: a lease was begun or renewed, which is where rules can be broken. */
export function createSimReport(
  time: VirtualTime,
  chance: Chance,
  granted: (deployment: SimDeployment, isFirst: boolean) => void,
): SimReport {
  const deployments = new Map<string, SimDeployment>();

  async function call<T>(answer: () => T): Promise<T> {
    if (chance.happens(0.5)) await time.sleep(chance.below(100));
    if (!sim.up) throw new ReportUnavailable("The report does not answer.");
    const result = answer();
    if (sim.losesAnswers > 0 && chance.happens(sim.losesAnswers)) throw new ReportUnavailable("The answer got lost.");
    if (chance.happens(0.2)) await time.sleep(chance.below(100));
    return result;
  }

  function find(id: string): SimDeployment {
    const deployment = deployments.get(id);
    if (deployment === undefined) throw new ReportRefused("deployment-not-found", "There is no such deployment.");
    return deployment;
  }

  function endLease(deployment: SimDeployment): void {
    if (!sim.registryUp) throw new ReportUnavailable("The registry of a host did not answer.");
    deployment.leaseUntil = 0;
  }

  function renewOne(id: string): string | null {
    const deployment = deployments.get(id);
    if (deployment === undefined) return "deployment-not-found";
    if (deployment.state === "closed") return "deployment-closed";
    if (deployment.state !== "ready") return "deployment-not-ready";
    if (!sim.registryUp) return "registry-unavailable";
    const isFirst = deployment.leaseUntil <= time.now();
    deployment.leaseUntil = time.now() + LEASE_MS;
    granted(deployment, isFirst);
    return null;
  }

  const sim: SimReport = {
    up: true,
    registryUp: true,
    losesAnswers: 0,
    refuses: null,
    deployments,
    isLeased: ({ leaseUntil }) => leaseUntil > time.now(),
    recordDelivery: () => call(() => "new" as const),
    open: () => call(() => [...deployments.values()].filter(isOpen).map(viewOf)),
    openOf: (repoId, pr) =>
      call(() =>
        [...deployments.values()]
          .filter((deployment) => isOpen(deployment) && deployment.repoId === repoId && deployment.pr === pr)
          .map(viewOf),
      ),
    register: (id, body) =>
      call(() => {
        if (sim.refuses !== null) throw new ReportRefused("invalid-request", sim.refuses);
        const known = deployments.get(id);
        const isNew = known === undefined || known.state === "closed" || known.sha !== body.headSha;
        deployments.set(id, {
          ...(known ?? { id, reason: null, leaseUntil: 0, createdAt: time.now(), lastPairAt: null }),
          repoId: body.repository.id,
          pr: body.pull.number,
          sha: body.headSha,
          state: isNew ? "pending" : known.state,
          body,
        });
      }),
    setState: (id, { state, reason }) =>
      call(() => {
        const deployment = find(id);
        if (deployment.state === "closed") throw new ReportRefused("deployment-closed", "The deployment is closed.");
        if (state === "ready" && deployment.body.shadowOrigin === null)
          throw new ReportRefused("deployment-not-ready", "It has no address.");
        deployment.state = state;
        deployment.reason = reason ?? null;
        if (state !== "ready") endLease(deployment);
      }),
    renew: (ids) =>
      call(() => {
        const problems = ids.map((id) => [id, renewOne(id)] as const);
        return new Map(problems.flatMap(([id, problem]) => (problem === null ? [] : [[id, problem] as const])));
      }),
    close: (id) =>
      call(() => {
        const deployment = deployments.get(id);
        if (deployment === undefined) return;
        deployment.state = "closed";
        deployment.reason = null;
        endLease(deployment);
      }),
  };
  return sim;
}

function isOpen({ state }: SimDeployment): boolean {
  return state !== "closed";
}

function viewOf({ id, body, state, reason, createdAt, lastPairAt }: SimDeployment): Deployment {
  const view = {
    id,
    repository: body.repository,
    pull: body.pull,
    headSha: body.headSha,
    stack: body.stack,
    state,
    stateReason: reason,
    createdAt: new Date(createdAt).toISOString(),
    lastPairAt: lastPairAt === null ? null : new Date(lastPairAt).toISOString(),
  };
  // The loop reads nothing else of it; thousands of sequences should not build counts of pairs.
  return view as Deployment;
}
