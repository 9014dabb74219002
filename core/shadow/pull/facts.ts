/** What GitHub says of a repository and a pull request, as plain data. Times are Unix milliseconds of GitHub's clock. */

export interface RepositoryFacts {
  readonly id: number;
  /** `owner/name`. */
  readonly fullName: string;
  /** Its App installation; null with a token. */
  readonly installationId: number | null;
  readonly defaultBranch: string;
}

export interface PullFacts {
  readonly repository: RepositoryFacts;
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly author: string;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    /** Null: the fork is gone. */
    readonly repository: { readonly id: number; readonly fullName: string } | null;
  };
  /** `sha`: where the base branch stands now. GitHub's own `base.sha` stays behind until the head moves. */
  readonly base: { readonly sha: string; readonly ref: string };
  /**
   * Where the default branch stands, for a base that is neither it nor listed by the operator: what judges or admits counts from there,
   * because anyone who may push can make a branch and a pull request to it. Absent: the base speaks for itself.
   */
  readonly judgedBy?: { readonly sha: string; readonly ref: string };
  readonly labels: readonly string[];
  /** When each label now on it was put there, and by whom; for labels that are permissions. */
  readonly labelled: readonly {
    readonly name: string;
    readonly by: string;
    readonly at: number;
    readonly canWrite: boolean;
  }[];
  /** Comments that begin with `/shadow`, oldest first. */
  readonly commands: readonly CommandFacts[];
  /**
   * When we first set a status on its head commit that names this pull request (`announcement.ts`): the moment from which an
   * approval can be about it. Statuses of the same commit in other pull requests do not count. Null: not yet.
   */
  readonly announcedAt: number | null;
  /** When its head branch was last force-pushed (event `head_ref_force_pushed`): an approval from before may be of another commit. */
  readonly rewrittenAt: number | null;
  /** When it was last reopened or marked ready for review (events `reopened`, `ready_for_review`). */
  readonly reopenedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface CommandFacts {
  /** The comment's id; grows with time. */
  readonly id: number;
  readonly by: string;
  /** Whether that person may write to the repository, asked of GitHub. */
  readonly canWrite: boolean;
  readonly at: number;
  /** The comment's first line. */
  readonly text: string;
}
