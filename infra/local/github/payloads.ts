/** What webhooks say, in the form GitHub sends it: typed by the published schemas, and held against real examples by a test. */
import type { EmitterWebhookEvent, EmitterWebhookEventName } from "@octokit/webhooks";
import { nodeId } from "./forms/links.ts";
import { repositoryForm } from "./forms/repository.ts";
import { userForm } from "./forms/user.ts";
import { installationForm } from "./routes/apps.ts";
import { installationOf, ownerOf, type Repository, type State } from "./state.ts";

export type Payload<N extends EmitterWebhookEventName> = EmitterWebhookEvent<N>["payload"];

/** What every payload about a repository carries beside its own. */
export function around(state: State, repository: Repository, by: string) {
  const id = installationOf(state, ownerOf(repository));
  return {
    repository: { ...repositoryForm(state, repository), custom_properties: {} },
    sender: userForm(state, by),
    ...(repository.installed ? { installation: { id, node_id: nodeId("IN", id) } } : {}),
  };
}

export function pushPayload(
  state: State,
  repository: Repository,
  push: { readonly branch: string; readonly before: string; readonly after: string; readonly by: string },
) {
  const commit = state.commits.get(push.after);
  const person = { name: push.by, email: `${push.by}@example.com`, username: push.by };
  const at = `${new Date(commit?.at ?? 0).toISOString().slice(0, 19)}Z`;
  const head = {
    id: push.after,
    tree_id: commit?.tree ?? "",
    distinct: true,
    message: commit?.message ?? "",
    timestamp: at,
    url: `${state.origin()}/${repository.fullName}/commit/${push.after}`,
    author: { ...person, date: at },
    committer: { ...person, date: at },
    added: [],
    removed: [],
    modified: [...(commit?.files.keys() ?? [])],
  };
  return {
    ...around(state, repository, push.by),
    repository: pushedForm(state, repository),
    ref: `refs/heads/${push.branch}`,
    before: push.before,
    after: push.after,
    created: /^0+$/.test(push.before),
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${state.origin()}/${repository.fullName}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`,
    commits: [head],
    head_commit: head,
    pusher: { name: push.by, email: person.email },
  } satisfies Payload<"push">;
}

/** In `push` alone a repository has its times in seconds, and some names of its first years. */
function pushedForm(state: State, repository: Repository) {
  const form = { ...repositoryForm(state, repository), custom_properties: {} };
  const seconds = Math.floor(repository.createdAt / 1000);
  return {
    ...form,
    created_at: seconds,
    pushed_at: seconds,
    stargazers: 0,
    master_branch: repository.defaultBranch,
    owner: { ...form.owner, name: form.owner.login, email: `${form.owner.login}@example.com` },
  };
}

export function installationPayload(state: State, repository: Repository, installed: boolean) {
  const short = {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.fullName.split("/")[1] ?? "",
    full_name: repository.fullName,
    private: repository.private,
  };
  const seconds = Math.floor(state.now() / 1000);
  const rest = {
    action: installed ? ("added" as const) : ("removed" as const),
    repository_selection: "selected" as const,
    repositories_added: installed ? [short] : [],
    repositories_removed: installed ? [] : [short],
    requester: null,
    sender: userForm(state, ownerOf(repository)),
  } satisfies Omit<Payload<"installation_repositories">, "installation">;
  const form = installationForm(state, ownerOf(repository));
  // The published description has its times as text; every real example has seconds.
  return { ...rest, installation: { ...form, created_at: seconds, updated_at: seconds } };
}

export function pingPayload(state: State, repository: Repository, url: string) {
  const at = `${new Date(state.now()).toISOString().slice(0, 19)}Z`;
  const hook = `${state.origin()}/repos/${repository.fullName}/hooks/1`;
  return {
    zen: "Keep it logically awesome.",
    hook_id: 1,
    hook: {
      type: "Repository",
      id: 1,
      name: "web" as const,
      active: true,
      events: ["*"] as "*"[],
      config: { content_type: "json" as const, insecure_ssl: "0", url },
      created_at: at,
      updated_at: at,
      url: hook,
      test_url: `${hook}/test`,
      ping_url: `${hook}/pings`,
      deliveries_url: `${hook}/deliveries`,
      last_response: { code: null, status: "unused", message: null },
    },
    ...around(state, repository, ownerOf(repository)),
  } satisfies Payload<"ping">;
}
