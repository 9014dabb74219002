/**
 * What the provisioner asks of GitHub, whoever answers: an App's installations or a token. Every answer is read anew from the API;
 * nothing of a webhook's payload is believed.
 */

import type { RepositoryFile } from "../../../core/shadow/compose/source.ts";
import type { PullFacts, RepositoryFacts } from "../../../core/shadow/pull/facts.ts";

export interface GitHub {
  /** Every repository this installation or token serves and the operator lists. */
  readonly repositories: () => Promise<readonly RepositoryFacts[]>;
  readonly openPulls: (repository: RepositoryFacts) => Promise<readonly PullFacts[]>;
  /** With labels, commands, approvals and our own statuses; null: there is no such pull request. */
  readonly pull: (repository: RepositoryFacts, number: number) => Promise<PullFacts | null>;
  /** `at.fullName` is the repository it is read from: a fork's head lies in the fork. */
  readonly file: (at: CommitAt, path: string) => Promise<RepositoryFile>;
  /** The commit a pull request is held against. */
  readonly mergeBase: (repository: RepositoryFacts, base: string, head: CommitAt) => Promise<string>;
  readonly setStatus: (at: CommitAt, status: CommitStatus) => Promise<void>;
  /** Answers a comment of a pull request: carried out, or refused. A comment that is gone is none. */
  readonly react: (repository: RepositoryFacts, comment: number, content: "+1" | "confused") => Promise<void>;
  /** The URL of the commit's newest successful deployment; null: none yet. */
  readonly previewUrl: (at: CommitAt, environment: string | null) => Promise<string | null>;
  /** How the check run or workflow that builds images ended at a commit; null: there is none of that name. */
  readonly checkConclusion: (at: CommitAt, name: string) => Promise<"pending" | "success" | "failure" | null>;
}

export interface CommitAt {
  readonly fullName: string;
  readonly sha: string;
}

/** A commit status of context `shadow-infra`. */
export interface CommitStatus {
  readonly state: "pending" | "success" | "failure" | "error";
  /** GitHub cuts at 140 characters: the client cuts at a word before. */
  readonly description: string;
  readonly targetUrl: string | null;
}

/** GitHub cannot be reached, is limiting us, or does not let us: `retryAfterMs` when it said for how long. */
export class GitHubUnavailable extends Error {
  readonly retryAfterMs: number | null;
  constructor(message: string, retryAfterMs: number | null = null) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}
