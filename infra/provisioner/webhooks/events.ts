/**
 * Which deliveries mean that something may have to change: event and action to wake-ups, as one table. Pure. Nothing but ids and
 * names is taken from a payload; what is true is read from GitHub's API afterwards.
 */
import { z } from "zod";
import type { WakeUp } from "../reconcile/reconciler.ts";
import type { RepositorySettings } from "../settings/operator.ts";

export interface DeliveryFacts {
  readonly action: string | null;
  readonly repoId: number | null;
  readonly prNumber: number | null;
}

export type Meaning =
  | { readonly kind: "wake"; readonly wakeUps: readonly WakeUp[] }
  /** `reason` is for whoever reads the delivery's answer on GitHub. */
  | { readonly kind: "ignored"; readonly reason: string };

/** What of the operator's settings decides which deliveries count. */
export interface Interest {
  readonly repositories: ReadonlyMap<number, RepositorySettings>;
  /** Preview deployments of GitHub are used: the driver `url`. */
  readonly previews: boolean;
}

/** A pull request has at most so many wake-ups in one delivery; GitHub lists no more in a check run. */
const MAX_PULLS = 100;

/** `COMMAND` at the start of a comment, as GitHub's own slash commands are written. */
const COMMAND = /^\/shadow(?:\s|$)/;

const PayloadSchema = z.looseObject({
  action: z.string().max(100).optional().catch(undefined),
  repository: z.looseObject({ id: z.int().nonnegative(), default_branch: z.string().optional() }).optional(),
  pull_request: z.looseObject({ number: z.int().nonnegative() }).optional().catch(undefined),
  issue: z.looseObject({ number: z.int(), pull_request: z.unknown().optional() }).optional().catch(undefined),
  comment: z.looseObject({ body: z.string().nullish() }).optional().catch(undefined),
  changes: z.looseObject({ base: z.unknown().optional(), title: z.unknown().optional() }).optional().catch(undefined),
  ref: z.string().optional().catch(undefined),
  deployment_status: z.looseObject({ state: z.string() }).optional().catch(undefined),
  check_run: z.unknown().optional(),
  workflow_run: z.unknown().optional(),
});
type Payload = z.infer<typeof PayloadSchema>;

const RunSchema = z.looseObject({
  name: z.string().nullish(),
  pull_requests: z
    .array(z.looseObject({ number: z.int() }))
    .max(MAX_PULLS)
    .catch([]),
});

/** For events of a repository that the operator lists. */
type Reader = (payload: Payload, repository: RepositorySettings) => Meaning;

const PULL_ACTIONS = [
  "opened",
  "reopened",
  "synchronize",
  "closed",
  "labeled",
  "unlabeled",
  "converted_to_draft",
  "ready_for_review",
] as const;

/** By `event.action`, or by `event` alone where every action means the same. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...PULL_ACTIONS.map((action) => [`pull_request.${action}`, ofPull] as const),
  ["pull_request.edited", ofEditedPull],
  ["push", ofPush],
  ["deployment_status", ofDeploymentStatus],
  ["issue_comment.created", ofComment],
  ["check_run.completed", (payload, repository) => ofRun(payload.check_run, repository)],
  ["workflow_run.completed", (payload, repository) => ofRun(payload.workflow_run, repository)],
]);

/** Which repositories there are may have changed. */
const OF_ALL: ReadonlySet<string> = new Set([
  "installation.created",
  "installation.deleted",
  "installation.suspend",
  "installation.unsuspend",
  "installation.new_permissions_accepted",
  "installation_repositories.added",
  "installation_repositories.removed",
]);

/** Names of the events that can wake the loop; deliveries of others are answered and ignored. */
export const HANDLED_EVENTS: readonly string[] = [
  ...new Set([...READERS.keys(), ...OF_ALL].map((key) => key.split(".", 1)[0] ?? key)),
];

/** What a signed delivery is about, for the audit. Never throws. */
export function factsOf(payload: unknown): DeliveryFacts {
  const read = PayloadSchema.safeParse(payload);
  if (!read.success) return { action: null, repoId: null, prNumber: null };
  const { action, repository, pull_request: pull, issue } = read.data;
  return { action: action ?? null, repoId: repository?.id ?? null, prNumber: pull?.number ?? pullOfIssue(issue) };
}

/** What a signed delivery means. Never throws. */
export function meaningOf(event: string, payload: unknown, interest: Interest): Meaning {
  if (event === "ping") return ignored("ping: the webhook is set up");
  const read = PayloadSchema.safeParse(payload);
  if (!read.success) return ignored("the payload does not have the form this event has");
  const key = `${event}.${read.data.action ?? ""}`;
  if (OF_ALL.has(key)) return { kind: "wake", wakeUps: [{ kind: "all" }] };
  const reader = READERS.get(key) ?? READERS.get(event);
  if (reader === undefined) return ignored(`nothing depends on ${read.data.action === undefined ? event : key}`);
  const id = read.data.repository?.id;
  const repository = id === undefined ? undefined : interest.repositories.get(id);
  if (repository === undefined) return ignored(`the operator does not list the repository ${id ?? "(none)"}`);
  if (event === "deployment_status" && !interest.previews) return ignored("the driver url is not switched on");
  return reader(read.data, repository);
}

function ofPull({ pull_request: pull }: Payload, { id }: RepositorySettings): Meaning {
  return pull === undefined ? ignored("the payload names no pull request") : wakePull(id, pull.number);
}

/** The base decides what is trusted; the title is shown. Of the description nothing depends. */
function ofEditedPull(payload: Payload, repository: RepositorySettings): Meaning {
  const { base, title } = payload.changes ?? {};
  if (base === undefined && title === undefined) return ignored("neither base nor title changed");
  return ofPull(payload, repository);
}

/** A push to a pull request's own branch comes as `synchronize`. */
function ofPush({ ref = "", repository: pushed }: Payload, { id, baseBranches = [] }: RepositorySettings): Meaning {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (branch === undefined) return ignored("it is no push to a branch");
  const isBase = branch === pushed?.default_branch || baseBranches.includes(branch);
  return isBase ? wakeRepository(id) : ignored("it is no branch that pull requests are held against");
}

/** States on the way to an end change nothing. */
function ofDeploymentStatus({ deployment_status: status }: Payload, { id }: RepositorySettings): Meaning {
  const ended = ["success", "failure", "error", "inactive"].includes(status?.state ?? "");
  return ended ? wakeRepository(id) : ignored("the deployment is not finished");
}

function ofComment({ issue, comment }: Payload, { id }: RepositorySettings): Meaning {
  const pr = pullOfIssue(issue);
  if (pr === null) return ignored("the comment is not on a pull request");
  return COMMAND.test(comment?.body ?? "") ? wakePull(id, pr) : ignored("the comment is no /shadow command");
}

/** Of forks GitHub lists no pull requests in a run: then all of the repository are looked at. */
function ofRun(run: unknown, { id, imageCheck }: RepositorySettings): Meaning {
  const read = RunSchema.safeParse(run);
  if (!read.success || imageCheck === null || read.data.name !== imageCheck)
    return ignored("it is not the check that pushes images");
  const pulls = read.data.pull_requests;
  if (pulls.length === 0) return wakeRepository(id);
  return { kind: "wake", wakeUps: pulls.map(({ number }) => ({ kind: "pull", repoId: id, pr: number })) };
}

function pullOfIssue(issue: Payload["issue"]): number | null {
  return issue === undefined || issue.pull_request == null ? null : issue.number;
}

function wakePull(repoId: number, pr: number): Meaning {
  return { kind: "wake", wakeUps: [{ kind: "pull", repoId, pr }] };
}

function wakeRepository(repoId: number): Meaning {
  return { kind: "wake", wakeUps: [{ kind: "repository", repoId }] };
}

function ignored(reason: string): Meaning {
  return { kind: "ignored", reason };
}
