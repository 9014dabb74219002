/** All that moves a verdict after its pair was stored: decisions of the repository, and the deployment's own hindsight. */
import { type Decisions, NO_DECISIONS } from "../../../core/report/standing.ts";
import type { Database } from "./database.ts";
import { readDecisions } from "./decisions.ts";
import { readExplained } from "./hindsight.ts";

/** What holds for one deployment of one repository. */
export type Standings = (deploymentId: string, repoId: number) => Decisions;

/** Two queries, however many deployments. */
export async function readStandings(db: Database, deploymentIds: readonly string[]): Promise<Standings> {
  const [decisions, explained] = await Promise.all([
    readDecisions(db, deploymentIds),
    readExplained(db, deploymentIds),
  ]);
  return (deploymentId, repoId) => ({
    ...(decisions.get(repoId) ?? NO_DECISIONS),
    explained: explained.get(deploymentId) ?? NO_DECISIONS.explained,
  });
}
