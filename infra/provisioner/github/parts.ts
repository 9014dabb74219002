/** What the client's functions share: lines to GitHub, what was learned on the way, and the clock. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import type { RepositorySettings } from "../settings/operator.ts";
import type { Asking } from "./ask.ts";
import type { Directory } from "./directory.ts";
import type { Lines } from "./line.ts";

/** Fields first, words after, as pino takes them. */
export interface GitHubLog {
  readonly warn: (fields: object, words: string) => void;
}

export interface Parts {
  readonly lines: Lines;
  readonly directory: Directory;
  /** The operator's list; no other repository is served. */
  readonly listed: ReadonlyMap<number, RepositorySettings>;
  readonly log: GitHubLog;
  readonly clock: () => number;
}

/** A question about a repository, by its own line. */
export async function about({ lines, clock }: Parts, repository: RepositoryFacts, what: string): Promise<Asking> {
  const line = await lines.of(repository.installationId);
  return { line, clock, what: `${what} of ${repository.fullName}` };
}
