/**
 * What a stand-in of GitHub's API on this machine can be told and asked: the local start and tests drive it like people drive GitHub.
 * Types only, so that whoever uses it sees what it can do; `start.ts` makes one. It speaks HTTP as GitHub does, and nothing else of ours.
 */

/** A file as a commit holds it; null takes it away. */
export type FileContent =
  | string
  | Uint8Array
  | { readonly symlink: string }
  /** The commit of another repository. */
  | { readonly submodule: string }
  | null;
export type FileChanges = Readonly<Record<string, FileContent>>;

export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** Of an App or a fine-grained token, as `permissions` of an installation names them: `pull_requests: "read"`. */
export type AppPermissions = Readonly<Record<string, "read" | "write">>;

export interface GitHubOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Milliseconds; default: this machine's clock. All times it says are of this clock. */
  readonly now?: () => number;
  /** How long an installation token holds. Default: an hour, as at GitHub. */
  readonly tokenLifeMs?: number;
  /** What the App may do where it is installed, and what `token` may do. Default: everything. */
  readonly permissions?: AppPermissions;
}

export interface LocalGitHub {
  /** `http://127.0.0.1:<port>`, the API's base URL as on github.com. */
  readonly origin: string;
  /** The same API below `/api/v3`, as GitHub Enterprise has it. */
  readonly enterpriseUrl: string;
  /** A personal token that sees every repository but private ones of strangers. */
  readonly token: string;
  /** The App's id and key, made on the first call (some 100 ms). */
  readonly app: () => { readonly appId: string; readonly privateKey: string };
  /** A new repository; `main` begins with `files`. */
  readonly repository: (fullName: string, options?: RepositoryOptions) => LocalRepository;
  readonly deliveries: Deliveries;
  /** What goes wrong from now on; null: nothing. */
  readonly fail: (fault: Fault | null) => void;
  /** Every call since the start, oldest first. */
  readonly calls: readonly Call[];
  /** Ends all tokens of installations at once. */
  readonly revokeTokens: () => void;
  readonly close: () => Promise<void>;
}

export interface RepositoryOptions {
  readonly id?: number;
  readonly private?: boolean;
  readonly defaultBranch?: string;
  readonly files?: FileChanges;
  /** Whether the App is installed on it. Default: true, false for forks. */
  readonly installed?: boolean;
  /** The first commit's SHA, 40 hexadecimal digits. */
  readonly sha?: string;
}

export interface LocalRepository {
  readonly id: number;
  readonly fullName: () => string;
  /** The commit a branch stands at. */
  readonly head: (branch?: string) => string;
  /** A commit on a branch of the repository itself, by its owner; tells `push`. Answers its SHA. */
  readonly push: (change: PushChange) => string;
  readonly deleteBranch: (branch: string) => void;
  /** `owner/name`; calls by the old name are sent on by 301 and 307. */
  readonly rename: (fullName: string) => void;
  readonly remove: () => void;
  /** What GitHub sends when a webhook is made; `url` is told in it. */
  readonly ping: (url: string) => void;
  readonly install: (installed: boolean) => void;
  /** A fork of it, not installed. Its commits can be read through this repository once a pull request brought them. */
  readonly fork: (fullName: string, options?: Pick<RepositoryOptions, "id" | "private">) => LocalRepository;
  readonly openPull: (options: PullOptions) => LocalPull;
  readonly setPermission: (login: string, permission: Permission) => void;
  /** All statuses set on a commit, oldest first. */
  readonly statuses: (sha: string) => readonly StatusFacts[];
  /** A deployment of a commit with one status; tells `deployment_status`. */
  readonly deploy: (sha: string, deployment: DeployOptions) => void;
  /** A check run, as CI makes one. The same name again updates it. */
  readonly check: (sha: string, run: CheckOptions) => void;
  /** A run of a workflow of GitHub Actions; each call is a new run. */
  readonly workflow: (sha: string, run: CheckOptions) => void;
  readonly checks: (sha: string) => readonly CheckFacts[];
  /** Comments of an issue or a pull request, oldest first. */
  readonly comments: (number: number) => readonly CommentFacts[];
}

export interface PushChange {
  readonly files: FileChanges;
  /** Default: the default branch. A new branch starts at the default branch. */
  readonly branch?: string;
  /** Default: made of the content. */
  readonly sha?: string;
  readonly by?: string;
}

export interface PullOptions {
  readonly title?: string;
  /** Head branch; made where it is not there. Default: `feature-<number>`. */
  readonly branch?: string;
  readonly files?: FileChanges;
  readonly sha?: string;
  /** Default: the default branch. */
  readonly base?: string;
  /** Default: the repository's owner, or the fork's. */
  readonly author?: string;
  readonly draft?: boolean;
  readonly labels?: readonly string[];
  /** The repository its head lies in; default: this one. */
  readonly from?: LocalRepository;
}

/** Every change tells the webhook what GitHub would. `by` is a login; default: the repository's owner. */
export interface LocalPull {
  readonly number: number;
  readonly headSha: () => string;
  /** The commit its base branch stands at. What the API says of it (`base.sha`) is older: it moves with the head only, as at GitHub. */
  readonly baseSha: () => string;
  /** A commit on top of the head, or in place of it (`force`: on the merge base). Answers its SHA. */
  readonly push: (files: FileChanges, options?: { readonly sha?: string; readonly force?: boolean }) => string;
  readonly close: (options?: { readonly merged?: boolean; readonly by?: string }) => void;
  readonly reopen: (by?: string) => void;
  readonly label: (name: string, by?: string) => void;
  readonly unlabel: (name: string, by?: string) => void;
  /** Answers the comment's id. */
  readonly comment: (body: string, by?: string) => number;
  readonly editComment: (id: number, body: string) => void;
  readonly deleteComment: (id: number) => void;
  readonly draft: (draft: boolean) => void;
  readonly edit: (change: { readonly title?: string; readonly base?: string }) => void;
}

export interface StatusFacts {
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly context: string;
  readonly at: number;
}

export interface DeployOptions {
  readonly environment?: string;
  readonly url: string | null;
  readonly state?: "success" | "failure" | "error" | "inactive" | "pending" | "queued" | "in_progress";
}

export interface CheckOptions {
  readonly name: string;
  /** Null: it still runs. */
  readonly conclusion: CheckConclusion | null;
}
export type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required";

export interface CheckFacts extends CheckOptions {
  readonly id: number;
  readonly status: string;
  readonly output: { readonly title: string | null; readonly summary: string | null; readonly text: string | null };
}

export interface CommentFacts {
  readonly id: number;
  readonly by: string;
  readonly body: string;
  /** `+1`, `confused`. */
  readonly reactions: readonly string[];
}

/** The webhook's side. Deliveries are sent one after the other in the order they were made, unless a fate says otherwise. */
export interface Deliveries {
  /** Where deliveries go from now on, and what signs them; null: nowhere. */
  readonly to: (webhook: { readonly url: string; readonly secret: string } | null) => void;
  /** Decides about each delivery from now on; without it all are sent. */
  readonly decide: (fate: ((delivery: Delivery) => Fate) | null) => void;
  readonly made: readonly Delivery[];
  /** Sends those held, in the order that `arrange` gives them. Those it leaves out stay held. */
  readonly release: (arrange?: (held: readonly Delivery[]) => readonly Delivery[]) => Promise<void>;
  /** Once more under the same id, as the button "Redeliver" does. Answers the status; null: nobody answered. */
  readonly redeliver: (id: string) => Promise<number | null>;
  /** Makes a delivery of any event, with this payload as it is. */
  readonly make: (event: string, payload: object) => Delivery;
  /** Resolves when nothing is on its way. */
  readonly settled: () => Promise<void>;
}

export type Fate = "send" | "lose" | "twice" | "hold" | { readonly afterMs: number };

export interface Delivery {
  /** `X-GitHub-Delivery`. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  /** The bytes that are signed, as text. */
  readonly body: string;
  /** Statuses of the answers to it; null: nobody answered. */
  readonly answers: readonly (number | null)[];
}

export type Fault =
  /** Connections are cut. */
  | { readonly kind: "down" }
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "error"; readonly status: 500 | 502 | 503 }
  /** 403 with `x-ratelimit-remaining: 0` and the reset in that many seconds. */
  | { readonly kind: "rate-limit"; readonly seconds: number }
  /** 403 with `retry-after`. */
  | { readonly kind: "secondary-limit"; readonly seconds: number };

export interface Call {
  readonly method: string;
  /** Without the prefix of Enterprise, with the query. */
  readonly path: string;
  /** As the documentation names it: `GET /repos/{owner}/{repo}/pulls`. Null: there is no such route. */
  readonly route: string | null;
  readonly status: number;
  /** Who called: the App itself, an installation, the token, or nobody known. */
  readonly as: "app" | "installation" | "token" | "nobody";
  readonly userAgent: string | null;
}
