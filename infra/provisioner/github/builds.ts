/** What others built of a commit: its preview deployment, the check that pushes its images, and where it parted from its base. */
import type { RepositoryFacts } from "../../../core/shadow/pull/facts.ts";
import { ask } from "./ask.ts";
import { partsOf } from "./directory.ts";
import type { CommitAt, GitHub } from "./github.ts";
import { createMemory, type Memory } from "./memory.ts";
import { about, type Parts } from "./parts.ts";
import { servedBy } from "./repositories.ts";
import { statusesOf } from "./statuses.ts";

/** Deployments of one commit that are looked at, newest first. */
const MOST_DEPLOYMENTS = 20;
const MOST_MERGE_BASES = 2_000;

export function createBuilds(parts: Parts): Pick<GitHub, "previewUrl" | "checkConclusion" | "mergeBase"> {
  const bases = createMemory<string>(MOST_MERGE_BASES);
  return {
    previewUrl: (at, environment) => previewUrl(parts, at, environment),
    checkConclusion: (at, name) => checkConclusion(parts, at, name),
    mergeBase: (repository, base, head) => mergeBase(parts, bases, { repository, base, head }),
  };
}

async function previewUrl(parts: Parts, at: CommitAt, environment: string | null): Promise<string | null> {
  const repository = await servedBy(parts, at.fullName);
  const asking = await about(parts, repository, `read the deployments of commit ${at.sha.slice(0, 12)}`);
  const place = partsOf(repository.fullName);
  const wanted = {
    ...place,
    sha: at.sha,
    per_page: MOST_DEPLOYMENTS,
    ...(environment === null ? {} : { environment }),
  };
  const { data } = await ask(asking, (client) => client.request("GET /repos/{owner}/{repo}/deployments", wanted));
  for (const { id } of data.toSorted((a, b) => Number(b.id) - Number(a.id))) {
    const { data: statuses } = await ask(asking, (client) =>
      client.request("GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
        ...place,
        deployment_id: Number(id),
        per_page: 100,
      }),
    );
    const newest = statuses.toSorted((a, b) => Number(b.id) - Number(a.id))[0];
    // One that failed or was taken down has an address that leads nowhere.
    if (newest?.state === "success" && newest.environment_url) return newest.environment_url;
  }
  return null;
}

/** By what a check ends with. An image was pushed by none but these; a skipped build pushed nothing. */
const SUCCESSES: ReadonlySet<string | null> = new Set(["success", "neutral"]);

/**
 * A check run of that name (of GitHub Actions: a job), else a commit status of that context, which other CI systems use, else a
 * workflow of GitHub Actions.
 */
async function checkConclusion(parts: Parts, { fullName, sha }: CommitAt, name: string) {
  const repository = await servedBy(parts, fullName);
  const asking = await about(parts, repository, `read the checks of commit ${sha.slice(0, 12)}`);
  const { data } = await ask(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      ...partsOf(repository.fullName),
      ref: sha,
      check_name: name,
      per_page: 100,
    }),
  );
  const newest = data.check_runs.toSorted((a, b) => Number(b.id) - Number(a.id))[0];
  if (newest !== undefined) return conclusionOf(newest);
  const commit = { sha, name };
  return (await statusConclusion(parts, repository, commit)) ?? workflowConclusion(parts, repository, commit);
}

function conclusionOf({ status, conclusion }: { readonly status: string | null; readonly conclusion: string | null }) {
  if (status !== "completed") return "pending";
  return SUCCESSES.has(conclusion) ? "success" : "failure";
}

interface NamedRun {
  readonly sha: string;
  readonly name: string;
}

async function workflowConclusion(parts: Parts, repository: RepositoryFacts, { sha, name }: NamedRun) {
  const asking = await about(parts, repository, `read the workflows of commit ${sha.slice(0, 12)}`);
  const place = { ...partsOf(repository.fullName), head_sha: sha, per_page: 100 };
  const { data } = await ask(asking, (client) => client.request("GET /repos/{owner}/{repo}/actions/runs", place));
  const runs = data.workflow_runs.filter((run) => run.name === name);
  const newest = runs.toSorted((a, b) => Number(b.id) - Number(a.id))[0];
  return newest === undefined ? null : conclusionOf(newest);
}

async function statusConclusion(
  parts: Parts,
  repository: RepositoryFacts,
  { sha, name }: NamedRun,
): Promise<"pending" | "success" | "failure" | null> {
  const newest = (await statusesOf(parts, repository, sha)).find(({ context }) => context === name);
  if (newest === undefined) return null;
  return newest.state === "pending" || newest.state === "success" ? newest.state : "failure";
}

interface Parting {
  readonly repository: RepositoryFacts;
  readonly base: string;
  readonly head: CommitAt;
}

/** Two commits part at the same place for ever. A fork's commits are known to the repository its pull request is made to. */
async function mergeBase(parts: Parts, known: Memory<string>, { repository, base, head }: Parting): Promise<string> {
  const key = `${base} ${head.sha}`;
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const asking = await about(parts, repository, `compare ${base.slice(0, 12)} with ${head.sha.slice(0, 12)}`);
  const { data } = await ask(asking, (client) =>
    client.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...partsOf(repository.fullName),
      basehead: `${base}...${head.sha}`,
      per_page: 1,
    }),
  );
  known.set(key, data.merge_base_commit.sha, 1);
  return data.merge_base_commit.sha;
}
