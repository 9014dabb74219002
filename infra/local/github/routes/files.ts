/** Routes that read commits: trees, blobs, files by path, and what lies between two commits. */
import type { components } from "@octokit/openapi-types";
import { type Answer, failed, notFound, ok, page } from "../answer.ts";
import { ancestors, mergeBase } from "../commits.ts";
import { base64Lines, blobForm, commitForm, contentLinks, treeForm } from "../forms/commit.ts";
import { apiUrl, nodeId } from "../forms/links.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "../route.ts";
import { type Commit, ownerOf, repositoryNamed, type TreeEntry } from "../state.ts";

type Schemas = components["schemas"];

const READ = ["contents:read"] as const;

/** https://docs.github.com/rest/repos/contents: larger ones have no content there. */
const LARGEST_CONTENT_BYTES = 1_000_000;

export const FILE_ROUTES: readonly Route[] = [
  repositoryRoute("GET /contents/{path}", READ, contents),
  repositoryRoute("GET /git/trees/{tree_sha}", READ, tree),
  repositoryRoute("GET /git/blobs/{file_sha}", READ, blob),
  repositoryRoute("GET /commits/{ref}", READ, (call) => {
    const commit = commitAt(call, call.params["ref"] ?? "");
    return commit === null ? noCommit(call.params["ref"]) : ok(commitForm(call.state, call.repository, commit));
  }),
  repositoryRoute("GET /git/ref/{git_ref}", READ, branch),
  repositoryRoute("GET /compare/{basehead}", READ, compare),
];

/** By SHA, or by the name of a branch. `owner:ref` looks in that owner's fork. */
function commitAt(call: RepositoryCall, ref: string): Commit | null {
  const [owner, inFork] = ref.includes(":") ? ref.split(":") : [null, null];
  const repository =
    owner === null || owner === ownerOf(call.repository)
      ? call.repository
      : repositoryNamed(call.state, `${owner}/${call.repository.fullName.split("/")[1]}`);
  if (repository === null) return null;
  const sha = repository.branches.get(inFork ?? ref) ?? inFork ?? ref;
  return repository.commits.has(sha) ? (call.state.commits.get(sha) ?? null) : null;
}

function noCommit(ref: string | undefined): Answer {
  return failed(404, `No commit found for the ref ${ref ?? ""}`);
}

/** `heads/<branch>`; there are no tags here. */
function branch(call: RepositoryCall): Answer {
  const { state, repository } = call;
  const name = /^heads\/(.+)$/.exec(call.params["git_ref"] ?? "")?.[1] ?? "";
  const sha = repository.branches.get(name);
  if (sha === undefined) return notFound();
  const api = apiUrl(state, `/repos/${repository.fullName}/git`);
  return ok({
    ref: `refs/heads/${name}`,
    node_id: nodeId("REF", repository.id),
    url: `${api}/refs/heads/${name}`,
    object: { sha, type: "commit", url: `${api}/commits/${sha}` },
  } satisfies Schemas["git-ref"]);
}

function tree(call: RepositoryCall): Answer {
  const { state, repository } = call;
  const asked = call.params["tree_sha"] ?? "";
  const sha = commitAt(call, asked)?.tree ?? asked;
  const entries = state.trees.get(sha);
  if (entries === undefined) return notFound();
  const isDeep = call.query.has("recursive");
  return ok(treeForm(state, repository, { sha, entries: isDeep ? below(call, entries, "") : entries }));
}

function below(call: RepositoryCall, entries: readonly TreeEntry[], folder: string): readonly TreeEntry[] {
  return entries.flatMap((entry) => {
    const path = `${folder}${entry.path}`;
    const inside = entry.type === "tree" ? (call.state.trees.get(entry.sha) ?? []) : [];
    return [{ ...entry, path }, ...below(call, inside, `${path}/`)];
  });
}

function blob(call: RepositoryCall): Answer {
  const sha = call.params["file_sha"] ?? "";
  const bytes = call.state.blobs.get(sha);
  if (bytes === undefined) return notFound();
  return call.accept.includes("raw")
    ? { status: 200, body: bytes, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } }
    : ok(blobForm(call.state, call.repository, { sha, bytes }));
}

function contents(call: RepositoryCall): Answer {
  const ref = call.query.get("ref") ?? call.repository.defaultBranch;
  const commit = commitAt(call, ref);
  if (commit === null) return noCommit(ref);
  const path = call.params["path"] ?? "";
  let entries = call.state.trees.get(commit.tree) ?? [];
  let found: TreeEntry | undefined;
  for (const name of path.split("/")) {
    found = entries.find((entry) => entry.path === name);
    entries = found?.type === "tree" ? (call.state.trees.get(found.sha) ?? []) : [];
  }
  if (found === undefined) return notFound();
  if (found.type === "tree")
    return ok(entries.map((entry) => folderEntry(call, { path: `${path}/${entry.path}`, ref, entry })));
  return ok(fileAnswer(call, { path, ref, entry: found }));
}

type Part = Parameters<typeof contentLinks>[2];

function folderEntry({ state, repository }: RepositoryCall, part: Part) {
  const type = part.entry.mode === "120000" ? "symlink" : part.entry.type === "tree" ? "dir" : "file";
  return { ...contentLinks(state, repository, part), type } satisfies Schemas["content-directory"][number];
}

function fileAnswer({ state, repository }: RepositoryCall, part: Part) {
  const links = contentLinks(state, repository, part);
  const bytes = state.blobs.get(part.entry.sha) ?? new Uint8Array();
  if (part.entry.type === "commit")
    return {
      ...links,
      type: "submodule" as const,
      submodule_git_url: `${state.origin()}/elsewhere/module.git`,
    } satisfies Schemas["content-submodule"];
  if (part.entry.mode === "120000")
    return {
      ...links,
      type: "symlink" as const,
      target: Buffer.from(bytes).toString("utf8"),
    } satisfies Schemas["content-symlink"];
  const isWhole = bytes.length <= LARGEST_CONTENT_BYTES;
  return {
    ...links,
    type: "file" as const,
    encoding: isWhole ? "base64" : "none",
    content: isWhole ? base64Lines(bytes) : "",
  } satisfies Schemas["content-file"];
}

function compare(call: RepositoryCall): Answer {
  const { state, repository } = call;
  const [baseRef = "", headRef = ""] = (call.params["basehead"] ?? "").split("...");
  const base = commitAt(call, baseRef);
  const head = commitAt(call, headRef);
  const shared = base === null || head === null ? null : mergeBase(state, base.sha, head.sha);
  const parted = shared === null ? undefined : state.commits.get(shared);
  if (base === null || head === null || parted === undefined) return notFound();
  const under = new Set(ancestors(state, parted.sha));
  const ahead = ancestors(state, head.sha).filter((sha) => !under.has(sha));
  const behind = ancestors(state, base.sha).filter((sha) => !under.has(sha));
  const url = apiUrl(state, `/repos/${repository.fullName}/compare/${baseRef}...${headRef}`);
  const html = `${state.origin()}/${repository.fullName}/compare/${baseRef}...${headRef}`;
  const status = ahead.length > 0 ? (behind.length > 0 ? "diverged" : "ahead") : behind.length > 0 ? "behind" : null;
  const commits = ahead.toReversed().flatMap((sha) => state.commits.get(sha) ?? []);
  return page(
    call.listing,
    commits.map((commit) => commitForm(state, repository, commit)),
    (items) =>
      ({
        url,
        html_url: html,
        permalink_url: html,
        diff_url: `${html}.diff`,
        patch_url: `${html}.patch`,
        base_commit: commitForm(state, repository, base),
        merge_base_commit: commitForm(state, repository, parted),
        status: status ?? "identical",
        ahead_by: ahead.length,
        behind_by: behind.length,
        total_commits: ahead.length,
        commits: [...items],
        files: [],
      }) satisfies Schemas["commit-comparison"],
  );
}
