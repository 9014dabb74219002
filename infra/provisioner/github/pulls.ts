/** Pull requests as GitHub has them now: one, read anew with all that happened on it, or all that are open. */
import type { PullFacts, RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { type Asking, ask, askOrNull } from "./ask.ts";
import { partsOf } from "./directory.ts";
import { GitHubUnavailable } from "./github.ts";
import { GHOST, type History, readHistory, withPermissions } from "./history.ts";
import { createMemory } from "./memory.ts";
import { about, type Parts } from "./parts.ts";
import type { People } from "./people.ts";
import type { Statuses } from "./statuses.ts";

/** Pull requests read at once: octokit sends ten calls at a time, and others want a turn too. */
const AT_ONCE = 5;
const MOST_HISTORIES = 2_000;
/** What was read of a pull request that has not changed since is believed for that long. */
const HISTORY_MS = 3_600_000;
/** GitHub's times are whole seconds of its own clock: what was read this close to a change may have missed another. */
const SETTLED_MS = 60_000;

export interface Pulls {
  readonly pull: (repository: RepositoryFacts, number: number) => Promise<PullFacts | null>;
  readonly openPulls: (repository: RepositoryFacts) => Promise<readonly PullFacts[]>;
}

interface KeptHistory {
  readonly history: History;
  readonly updatedAt: number;
  readonly sha: string;
  readonly readAt: number;
}

export function createPulls(parts: Parts, people: People, statuses: Pick<Statuses, "announcedAt">): Pulls {
  const histories = createMemory<KeptHistory>(MOST_HISTORIES);

  async function historyOf(basics: Basics, anew: boolean): Promise<History> {
    const key = `${basics.repository.id} ${basics.number}`;
    const kept = anew ? undefined : histories.get(key);
    if (kept !== undefined && isSettled(kept, basics, parts.clock())) return kept.history;
    const readAt = parts.clock();
    const history = await readHistory(parts, basics.repository, basics.number);
    histories.set(key, { history, updatedAt: basics.updatedAt, sha: basics.head.sha, readAt }, 1);
    return history;
  }

  async function complete(basics: Basics, anew: boolean): Promise<PullFacts> {
    if (basics.head.repository !== null && basics.head.repository.id !== basics.repository.id)
      parts.directory.learnFork(basics.head.repository.fullName, basics.repository);
    const [history, announcedAt] = await Promise.all([
      historyOf(basics, anew),
      statuses.announcedAt(basics.repository, { sha: basics.head.sha, pr: basics.number, anew }),
    ]);
    return { ...basics, announcedAt, ...(await withPermissions(people, basics, history)) };
  }

  return {
    pull: async (repository, number) => {
      const basics = await readOne(parts, repository, number);
      return basics === null ? null : complete(await withBase(parts, basics, createTips(parts, repository)), true);
    },
    openPulls: async (repository) => {
      const asking = await about(parts, repository, "list the open pull requests");
      const place = { ...partsOf(repository.fullName), state: "open" as const, per_page: 100 };
      const listed = await ask(asking, (client) =>
        client.paginate("GET /repos/{owner}/{repo}/pulls", place, ({ data }) =>
          data.map((answer) => basicsOf(repository, answer)),
        ),
      );
      const tips = createTips(parts, repository);
      const open = await Promise.all(listed.map((basics) => withBase(parts, basics, tips)));
      const pulls: PullFacts[] = [];
      for (let from = 0; from < open.length; from += AT_ONCE)
        pulls.push(...(await Promise.all(open.slice(from, from + AT_ONCE).map((basics) => complete(basics, false)))));
      return pulls;
    },
  };
}

function isSettled({ updatedAt, sha, readAt }: KeptHistory, basics: Basics, now: number): boolean {
  const isSame = updatedAt === basics.updatedAt && sha === basics.head.sha;
  return isSame && readAt - updatedAt > SETTLED_MS && now - readAt < HISTORY_MS;
}

type Basics = Omit<PullFacts, "labelled" | "commands" | "announcedAt" | "rewrittenAt" | "reopenedAt">;

type Tips = (branch: string) => Promise<string | null>;

/** Where branches stand, each asked for once. Null: there is no such branch. */
function createTips(parts: Parts, repository: RepositoryFacts): Tips {
  const known = new Map<string, Promise<string | null>>();
  return (branch) => {
    const tip = known.get(branch) ?? readTip(parts, repository, branch);
    known.set(branch, tip);
    return tip;
  };
}

async function readTip(parts: Parts, repository: RepositoryFacts, branch: string): Promise<string | null> {
  const asking = await about(parts, repository, `read the branch ${branch}`);
  const place = { ...partsOf(repository.fullName), ref: `heads/${branch}` };
  const answer = await askOrNull(asking, (client) => client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", place));
  return answer?.data.object.sha ?? null;
}

/**
 * A pull request's own `base.sha` stays behind until its head moves, and with it what the base says about judging and redacting. Of a
 * closed one, and of one whose base branch is gone, it is all there is.
 */
async function withBase(parts: Parts, basics: Basics, tips: Tips): Promise<Basics> {
  if (basics.state === "closed") return basics;
  const sha = await tips(basics.base.ref);
  const pull = sha === null ? basics : { ...basics, base: { ...basics.base, sha } };
  const { repository, base } = pull;
  const ownWord = [repository.defaultBranch, ...(parts.listed.get(repository.id)?.baseBranches ?? [])];
  if (ownWord.includes(base.ref)) return pull;
  const tip = await tips(repository.defaultBranch);
  if (tip === null)
    throw new GitHubUnavailable(`Could not read the branch ${repository.defaultBranch} of ${repository.fullName}.`);
  return { ...pull, judgedBy: { sha: tip, ref: repository.defaultBranch } };
}

/** GitHub says 404 for what is not there and for what it does not show us. Only the first of them is an answer. */
async function readOne(parts: Parts, repository: RepositoryFacts, number: number): Promise<Basics | null> {
  const asking = await about(parts, repository, `read pull request ${number}`);
  const place = { ...partsOf(repository.fullName), pull_number: number };
  const answer = await askOrNull(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", place),
  );
  if (answer !== null) return basicsOf(repository, answer.data);
  await showsRepository(asking, repository);
  return null;
}

async function showsRepository(asking: Asking, { id, fullName }: RepositoryFacts): Promise<void> {
  const read = { ...asking, what: `read the repository ${fullName}` };
  await ask(read, (client) => client.request("GET /repositories/{id}", { id }));
}

interface PullAnswer {
  readonly number: number;
  readonly title: string;
  readonly html_url: string;
  readonly state: string;
  readonly draft?: boolean;
  readonly user: { readonly login: string } | null;
  readonly labels: readonly { readonly name: string }[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly head: { readonly sha: string; readonly ref: string; readonly repo: RepositoryAnswer | null };
  readonly base: { readonly sha: string; readonly ref: string; readonly repo: RepositoryAnswer };
}

interface RepositoryAnswer {
  readonly id: number | bigint;
  readonly full_name: string;
}

/** A name can be taken over by another repository between two calls; its pull requests are not ours. */
function basicsOf(repository: RepositoryFacts, answer: PullAnswer): Basics {
  const { head, base } = answer;
  if (Number(base.repo.id) !== repository.id)
    throw new GitHubUnavailable(
      `Could not read the pull requests of ${repository.fullName}: that name belongs to another repository now. It is looked up anew.`,
    );
  return {
    repository,
    number: answer.number,
    title: answer.title,
    url: answer.html_url,
    state: answer.state === "open" ? "open" : "closed",
    draft: answer.draft ?? false,
    author: answer.user?.login ?? GHOST,
    head: {
      sha: head.sha,
      ref: head.ref,
      repository: head.repo === null ? null : { id: Number(head.repo.id), fullName: head.repo.full_name },
    },
    base: { sha: base.sha, ref: base.ref },
    labels: answer.labels.map(({ name }) => name),
    createdAt: Date.parse(answer.created_at),
    updatedAt: Date.parse(answer.updated_at),
  };
}
