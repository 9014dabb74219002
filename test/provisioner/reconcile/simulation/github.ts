/** GitHub as the loop sees it: pull requests that people change, statuses, times in whole seconds, and outages. */
import { announcementOf } from "../../../../core/shadow/pull/announcement.ts";
import type { CommandFacts, PullFacts, RepositoryFacts } from "../../../../core/shadow/pull/facts.ts";
import { APPROVAL_LABEL } from "../../../../core/shadow/pull/fork.ts";
import { type GitHub, GitHubUnavailable } from "../../../../infra/provisioner/github/github.ts";
import type { Chance } from "./chance.ts";
import type { VirtualTime } from "./clock.ts";

export interface SimPull {
  readonly repoId: number;
  readonly number: number;
  readonly fork: boolean;
  exists: boolean;
  state: "open" | "closed";
  draft: boolean;
  forkGone: boolean;
  sha: string;
  base: string;
  labels: Map<string, { readonly by: string; readonly at: number; readonly canWrite: boolean }>;
  commands: CommandFacts[];
  rewrittenAt: number | null;
  reopenedAt: number | null;
  createdAt: number;
  /** When anything of it last changed, virtual milliseconds. */
  changedAt: number;
  /** Every head it had, newest last. */
  readonly heads: string[];
  /** Commits that a person with write access had before their eyes when approving. The simulation's own record, not GitHub's. */
  readonly seenAndApproved: Set<string>;
}

export interface SimStatus {
  readonly repoId: number;
  readonly sha: string;
  readonly description: string;
  readonly state: string;
  readonly at: number;
}

export interface SimGitHub extends GitHub {
  up: boolean;
  /** Repositories that it does not show. */
  readonly hidden: Set<number>;
  readonly pulls: readonly SimPull[];
  readonly statuses: SimStatus[];
  /** By comment. */
  readonly reactions: ReadonlyMap<number, ReadonlySet<string>>;
  /** Calls by name: what the loop costs. */
  readonly calls: Map<string, number>;
  readonly facts: (pull: SimPull) => PullFacts;
  readonly at: () => number;
  readonly command: (pull: SimPull, text: string, canWrite: boolean) => void;
  readonly label: (pull: SimPull, name: string, canWrite: boolean) => void;
  readonly push: (pull: SimPull, sha: string) => void;
}

export function repository(id: number): RepositoryFacts {
  return { id, fullName: `acme/shop${id}`, installationId: null, defaultBranch: "main" };
}

export function newPull(repoId: number, number: number, fork: boolean): SimPull {
  return {
    repoId,
    number,
    fork,
    exists: false,
    state: "open",
    draft: false,
    forkGone: false,
    sha: "",
    base: "",
    labels: new Map(),
    commands: [],
    rewrittenAt: null,
    reopenedAt: null,
    createdAt: 0,
    changedAt: 0,
    heads: [],
    seenAndApproved: new Set(),
  };
}

export function createSimGitHub(time: VirtualTime, chance: Chance, pulls: readonly SimPull[]): SimGitHub {
  const statuses: SimStatus[] = [];
  const calls = new Map<string, number>();
  const reactions = new Map<number, Set<string>>();
  let comments = 0;
  const second = () => Math.floor(time.now() / 1_000) * 1_000;

  async function call<T>(name: string, answer: () => T, repoId?: number): Promise<T> {
    calls.set(name, (calls.get(name) ?? 0) + 1);
    if (chance.happens(0.6)) await time.sleep(chance.below(150));
    if (!sim.up) throw new GitHubUnavailable("GitHub does not answer.");
    if (repoId !== undefined && sim.hidden.has(repoId)) throw new GitHubUnavailable(`GitHub hides ${repoId}.`);
    const result = answer();
    if (chance.happens(0.3)) await time.sleep(chance.below(150));
    return result;
  }

  const sim: SimGitHub = {
    up: true,
    hidden: new Set(),
    reactions,
    pulls,
    statuses,
    calls,
    at: second,
    repositories: () => call("repositories", () => [...new Set(pulls.map(({ repoId }) => repoId))].map(repository)),
    openPulls: ({ id }) =>
      call(
        "openPulls",
        () =>
          pulls
            .filter((pull) => pull.exists && pull.repoId === id && pull.state === "open")
            .map((pull) => sim.facts(pull)),
        id,
      ),
    pull: ({ id }, number) =>
      call(
        "pull",
        () => {
          const pull = pulls.find((known) => known.exists && known.repoId === id && known.number === number);
          return pull === undefined ? null : sim.facts(pull);
        },
        id,
      ),
    setStatus: ({ fullName, sha }, { description, state }) =>
      call("setStatus", () => {
        const repoId = pulls.find((pull) => repository(pull.repoId).fullName === fullName)?.repoId ?? 0;
        statuses.push({ repoId, sha, description, state, at: second() });
      }),
    react: ({ id }, comment, content) =>
      call("react", () => void reactions.set(comment, (reactions.get(comment) ?? new Set()).add(content)), id),
    file: () => Promise.reject(new Error("the planner's")),
    mergeBase: () => Promise.reject(new Error("the planner's")),
    previewUrl: () => Promise.reject(new Error("the planner's")),
    checkConclusion: () => Promise.reject(new Error("the planner's")),
    facts: (pull) => factsOf(pull, statuses, time.now()),
    command: (pull, text, canWrite) => {
      comments += 1;
      pull.commands = [
        ...pull.commands,
        { id: comments, by: canWrite ? "maintainer" : "visitor", canWrite, at: second(), text },
      ];
      if (canWrite && text.startsWith("/shadow approve-fork")) approved(pull, text.split(" ")[2]);
    },
    label: (pull, name, canWrite) => {
      if (pull.labels.delete(name)) return;
      pull.labels.set(name, { by: canWrite ? "maintainer" : "robot", canWrite, at: second() });
      if (canWrite && name === APPROVAL_LABEL) approved(pull, undefined);
    },
    push: (pull, sha) => {
      // Going back, or aside, cannot be done without force. The pool knows no history, so only a head never seen can be a plain push.
      if (pull.heads.includes(sha) || chance.happens(0.3)) pull.rewrittenAt = second();
      pull.sha = sha;
      pull.heads.push(sha);
    },
  };
  return sim;
}

/** Whoever writes all digits means them; whoever does not means what is on the screen. */
function approved(pull: SimPull, digits: string | undefined): void {
  pull.seenAndApproved.add(digits?.length === 40 ? digits : pull.sha);
}

function factsOf(pull: SimPull, statuses: readonly SimStatus[], now: number): PullFacts {
  const ours = statuses.find(
    ({ repoId, sha, description }) =>
      repoId === pull.repoId && sha === pull.sha && description.startsWith(announcementOf(pull.number)),
  );
  const home = repository(pull.repoId);
  return {
    repository: home,
    number: pull.number,
    title: "A change",
    url: `https://github.example/${home.fullName}/pull/${pull.number}`,
    state: pull.state,
    draft: pull.draft,
    author: "author",
    head: {
      sha: pull.sha,
      ref: "change",
      repository: pull.fork ? (pull.forkGone ? null : { id: 900 + pull.number, fullName: "fork/shop" }) : home,
    },
    base: { sha: pull.base, ref: "main" },
    labels: [...pull.labels.keys()],
    labelled: Array.from(pull.labels, ([name, { by, at, canWrite }]) => ({ name, by, at, canWrite })),
    commands: pull.commands,
    announcedAt: ours?.at ?? null,
    rewrittenAt: pull.rewrittenAt,
    reopenedAt: pull.reopenedAt,
    createdAt: pull.createdAt,
    updatedAt: now,
  };
}
