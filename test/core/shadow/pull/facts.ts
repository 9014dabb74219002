/** A pull request's facts for tests, from the few that matter to one. */
import type { CommandFacts, PullFacts } from "../../../../core/shadow/pull/facts.ts";

export const HEAD = "0123456789abcdef0123456789abcdef01234567";
export const OTHER = "89abcdef0123456789abcdef0123456789abcdef";

const REPOSITORY = { id: 7, fullName: "acme/shop", installationId: null, defaultBranch: "main" };
const FORK = { id: 8, fullName: "visitor/shop" };

export function pullFacts(some: Partial<PullFacts> = {}): PullFacts {
  return {
    repository: REPOSITORY,
    number: 12,
    title: "A change",
    url: "https://github.example/acme/shop/pull/12",
    state: "open",
    draft: false,
    author: "author",
    head: { sha: HEAD, ref: "change", repository: REPOSITORY },
    base: { sha: OTHER, ref: "main" },
    labels: [],
    labelled: [],
    commands: [],
    announcedAt: 1_000,
    rewrittenAt: null,
    reopenedAt: null,
    createdAt: 0,
    updatedAt: 0,
    ...some,
  };
}

export function forkFacts(some: Partial<PullFacts> = {}): PullFacts {
  return pullFacts({ head: { sha: HEAD, ref: "change", repository: FORK }, ...some });
}

/** Comments in order, a second apart from `from` on. */
export function comments(texts: readonly string[], { canWrite = true, from = 2_000 } = {}): readonly CommandFacts[] {
  return texts.map((text, n) => ({
    id: n + 1,
    by: canWrite ? "maintainer" : "visitor",
    canWrite,
    at: from + n * 1_000,
    text,
  }));
}
