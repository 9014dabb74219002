/** Who may write to a repository, asked of GitHub: whether a label or a comment of theirs is an order. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { askOrNull } from "./ask.ts";
import { partsOf } from "./directory.ts";
import { createMemory } from "./memory.ts";
import { about, type Parts } from "./parts.ts";

/** Who loses the right to write keeps it here for that long at most. */
const KEPT_MS = 60_000;
const MOST_PEOPLE = 2_000;

const WRITES: ReadonlySet<string> = new Set(["admin", "maintain", "write"]);

export interface People {
  /** Whoever is unknown to the repository, or to GitHub, may not. */
  readonly canWrite: (repository: RepositoryFacts, login: string) => Promise<boolean>;
}

export function createPeople(parts: Parts): People {
  const known = createMemory<{ readonly canWrite: Promise<boolean>; readonly at: number }>(MOST_PEOPLE);
  return {
    canWrite: (repository, login) => {
      const key = `${repository.id} ${login.toLowerCase()}`;
      const kept = known.get(key);
      if (kept !== undefined && parts.clock() - kept.at < KEPT_MS) return kept.canWrite;
      const canWrite = readPermission(parts, repository, login);
      known.set(key, { canWrite, at: parts.clock() }, 1);
      // A failure is no answer: the next one asks again.
      canWrite.catch(() => known.delete(key));
      return canWrite;
    },
  };
}

/** `permission` has the level that custom roles are based on. */
async function readPermission(parts: Parts, repository: RepositoryFacts, login: string): Promise<boolean> {
  const asking = await about(parts, repository, `read the permission of ${login}`);
  const answer = await askOrNull(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...partsOf(repository.fullName),
      username: login,
    }),
  );
  return answer !== null && WRITES.has(answer.data.permission);
}
