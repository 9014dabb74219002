/** Which repositories we serve: those GitHub lets us see, of those the operator lists. Ids count; names may change. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { ask, askOrNull } from "./ask.ts";
import { GitHubUnavailable } from "./github.ts";
import type { Line } from "./line.ts";
import type { Parts } from "./parts.ts";

export async function repositories(parts: Parts): Promise<readonly RepositoryFacts[]> {
  const { app } = parts.lines;
  const found = app === null ? await ofToken(parts) : await ofApp(parts, app);
  for (const repository of found) parts.directory.learn(repository);
  return found;
}

/** The repository a name was seen under; for a fork the one its pull request is made to. */
export async function servedBy(parts: Parts, fullName: string): Promise<RepositoryFacts> {
  // After a restart nothing was seen yet.
  if (parts.directory.find(fullName) === null) await repositories(parts);
  const found = parts.directory.find(fullName);
  if (found !== null) return found.base;
  throw new GitHubUnavailable(
    `GitHub was not asked about ${fullName}: it is none of the repositories served here, nor a fork with a pull request to one.`,
  );
}

async function ofApp(parts: Parts, app: Line): Promise<readonly RepositoryFacts[]> {
  const { clock } = parts;
  const asking = { line: app, clock, what: "list the App's installations" };
  const installations = await ask(asking, (client) => client.paginate("GET /app/installations", { per_page: 100 }));
  // A suspended installation answers nothing; its repositories are not served meanwhile.
  const active = installations.filter(({ suspended_at: suspended }) => suspended === null);
  const lists = await Promise.all(active.map(({ id }) => ofInstallation(parts, id)));
  return lists.flat();
}

async function ofInstallation(parts: Parts, id: number): Promise<readonly RepositoryFacts[]> {
  const asking = {
    line: await parts.lines.of(id),
    clock: parts.clock,
    what: "list the repositories of an installation",
  };
  const all = await ask(asking, (client) => client.paginate("GET /installation/repositories", { per_page: 100 }));
  return all.filter((one) => parts.listed.has(Number(one.id))).map((one) => factsOf(one, id));
}

async function ofToken(parts: Parts): Promise<readonly RepositoryFacts[]> {
  const line = await parts.lines.of(null);
  const found = await Promise.all(
    [...parts.listed.values()].map(async ({ id, fullName }) => {
      const asking = { line, clock: parts.clock, what: `read the repository ${fullName}` };
      const answer = await askOrNull(asking, (client) => client.request("GET /repositories/{id}", { id }));
      if (answer === null)
        parts.log.warn({ repository: fullName, id }, "GitHub shows the token no repository of this id");
      return answer === null ? [] : [factsOf(ofAnswer(answer.data), null)];
    }),
  );
  return found.flat();
}

interface RepositoryAnswer {
  readonly id: number | bigint;
  readonly full_name: string;
  readonly default_branch: string;
}

/** `GET /repositories/{id}` is not in the published description, so its answer has no type of octokit's. */
function ofAnswer(data: unknown): RepositoryAnswer {
  // The same object as of GET /repos/{owner}/{repo}.
  return data as RepositoryAnswer;
}

function factsOf(answer: RepositoryAnswer, installationId: number | null): RepositoryFacts {
  return { id: Number(answer.id), fullName: answer.full_name, installationId, defaultBranch: answer.default_branch };
}
