/** Which repository a name belongs to, and through which line it is read: learned from GitHub's own answers, never from a payload. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { createMemory } from "./memory.ts";

/** Forks of pull requests that were seen; the longest unused is learned again with its pull request. */
const MOST_FORKS = 2_000;

export interface Directory {
  readonly learn: (repository: RepositoryFacts) => void;
  /** A fork's commits can also be read through the repository its pull request is made to. */
  readonly learnFork: (fullName: string, base: RepositoryFacts) => void;
  /** By any name it was seen under; for a fork the repository it was seen at. */
  readonly find: (fullName: string) => { readonly base: RepositoryFacts; readonly isFork: boolean } | null;
}

export function createDirectory(): Directory {
  const served = new Map<string, RepositoryFacts>();
  const forks = createMemory<RepositoryFacts>(MOST_FORKS);
  return {
    learn: (repository) => {
      served.set(repository.fullName.toLowerCase(), repository);
    },
    learnFork: (fullName, base) => {
      forks.set(fullName.toLowerCase(), base, 1);
    },
    find: (fullName) => {
      const own = served.get(fullName.toLowerCase());
      if (own !== undefined) return { base: own, isFork: false };
      const base = forks.get(fullName.toLowerCase());
      return base === undefined ? null : { base, isFork: true };
    },
  };
}

/** `owner/name` in octokit's parameters. */
export function partsOf(fullName: string): { readonly owner: string; readonly repo: string } {
  const slash = fullName.indexOf("/");
  return { owner: fullName.slice(0, slash), repo: fullName.slice(slash + 1) };
}
