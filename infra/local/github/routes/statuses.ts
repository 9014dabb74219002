/** Routes about what is said of a commit: statuses, check runs, deployments. */
import type { components } from "@octokit/openapi-types";
import { type Answer, created, failed, invalid, notFound, ok, page } from "../answer.ts";
import { nodeId } from "../forms/links.ts";
import { repositoryForm } from "../forms/repository.ts";
import { checkForm, deploymentForm, deploymentStatusForm, statusForm, workflowForm } from "../forms/statuses.ts";
import { type RepositoryCall, type Route, repositoryRoute, textIn } from "../route.ts";
import { type Check, nextId, type Status } from "../state.ts";

type Schemas = components["schemas"];

const STATES: ReadonlySet<string> = new Set(["error", "failure", "pending", "success"]);
const LONGEST_DESCRIPTION_CHARS = 140;

export const STATUS_ROUTES: readonly Route[] = [
  repositoryRoute("POST /statuses/{sha}", ["statuses:write"], postStatus),
  repositoryRoute("GET /commits/{ref}/statuses", ["statuses:read"], (call) =>
    page(call.listing, statusesOf(call), (items) =>
      items.map((status) => statusForm(call.state, call.repository, status)),
    ),
  ),
  repositoryRoute("GET /commits/{ref}/status", ["statuses:read"], combined),
  repositoryRoute("GET /commits/{ref}/check-runs", ["checks:read"], checks),
  repositoryRoute("POST /check-runs", ["checks:write"], postCheck),
  repositoryRoute("PATCH /check-runs/{check_run_id}", ["checks:write"], patchCheck),
  repositoryRoute("GET /check-runs/{check_run_id}", ["checks:read"], (call) => {
    const check = checkOf(call);
    return check === undefined ? notFound() : ok(checkForm(call.state, call.repository, check));
  }),
  repositoryRoute("GET /actions/runs", ["actions:read"], (call) => {
    const { state, repository, query } = call;
    const found = repository.workflows.filter(({ sha }) => sha === (query.get("head_sha") ?? sha));
    return page(call.listing, found.toReversed(), (items) => ({
      total_count: found.length,
      workflow_runs: items.map((run) => workflowForm(state, repository, run)),
    }));
  }),
  repositoryRoute("GET /deployments", ["deployments:read"], deployments),
  repositoryRoute("GET /deployments/{deployment_id}/statuses", ["deployments:read"], deploymentStatuses),
];

/** Newest first, as GitHub lists them. */
function statusesOf({ repository, params }: RepositoryCall): readonly Status[] {
  const sha = repository.branches.get(params["ref"] ?? "") ?? params["ref"];
  return repository.statuses.filter((status) => status.sha === sha).toReversed();
}

function postStatus(call: RepositoryCall): Answer {
  const { state, repository, params, body } = call;
  const sha = params["sha"] ?? "";
  const said = textIn(body, "state") ?? "";
  const description = textIn(body, "description");
  if (!repository.commits.has(sha)) return failed(422, `No commit found for SHA: ${sha}`);
  if (!STATES.has(said)) return invalid("Status", "state", "state is not included in the list");
  if ((description ?? "").length > LONGEST_DESCRIPTION_CHARS)
    return invalid("Status", "description", "description is too long (maximum is 140 characters)");
  const status: Status = {
    id: nextId(state),
    sha,
    state: said,
    description,
    targetUrl: textIn(body, "target_url"),
    context: textIn(body, "context") ?? "default",
    by: call.caller.kind === "installation" ? "shadow-infra[bot]" : "operator",
    at: state.now(),
  };
  repository.statuses.push(status);
  return created(statusForm(state, repository, status));
}

function combined(call: RepositoryCall): Answer {
  const newest = new Map(
    statusesOf(call)
      .toReversed()
      .map((status) => [status.context, status]),
  );
  const states = [...newest.values()].map(({ state }) => state);
  const state = states.some((one) => one === "failure" || one === "error") ? "failure" : null;
  const isDone = states.length > 0 && states.every((one) => one === "success");
  const form = repositoryForm(call.state, call.repository);
  return ok({
    state: state ?? (isDone ? "success" : "pending"),
    statuses: [...newest.values()].map((status) => {
      const { creator: _, ...rest } = statusForm(call.state, call.repository, status);
      return { ...rest, node_id: nodeId("SC", status.id) };
    }),
    sha: call.params["ref"] ?? "",
    total_count: newest.size,
    repository: { ...form, license: null },
    commit_url: `${form.url}/commits/${call.params["ref"]}`,
    url: `${form.url}/commits/${call.params["ref"]}/status`,
  } satisfies Schemas["combined-commit-status"]);
}

function checks(call: RepositoryCall): Answer {
  const name = call.query.get("check_name");
  const found = call.repository.checks.filter(
    (check) => check.sha === call.params["ref"] && (name === null || check.name === name),
  );
  return page(call.listing, found.toReversed(), (items) => ({
    total_count: found.length,
    check_runs: items.map((check) => checkForm(call.state, call.repository, check)),
  }));
}

function checkOf({ repository, params }: RepositoryCall): Check | undefined {
  return repository.checks.find((check) => check.id === Number(params["check_run_id"]));
}

function postCheck(call: RepositoryCall): Answer {
  const { state, repository, body } = call;
  const sha = textIn(body, "head_sha") ?? "";
  const name = textIn(body, "name");
  if (name === null) return invalid("CheckRun", "name", "name is missing");
  if (!repository.commits.has(sha)) return failed(422, `No commit found for SHA: ${sha}`);
  const check: Check = {
    id: nextId(state),
    sha,
    name,
    status: "queued",
    conclusion: null,
    output: { title: null, summary: null, text: null },
    detailsUrl: null,
    startedAt: state.now(),
    completedAt: null,
  };
  repository.checks.push(check);
  change(call, check);
  return created(checkForm(state, repository, check));
}

function patchCheck(call: RepositoryCall): Answer {
  const check = checkOf(call);
  if (check === undefined) return notFound();
  change(call, check);
  return ok(checkForm(call.state, call.repository, check));
}

const CONCLUSIONS = ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"] as const;
const CHECK_STATES = ["queued", "in_progress", "completed"] as const;

/** A conclusion completes a run, as at GitHub. */
function change({ state, body }: RepositoryCall, check: Check): void {
  const conclusion = CONCLUSIONS.find((one) => one === body["conclusion"]);
  const status = CHECK_STATES.find((one) => one === body["status"]);
  check.name = textIn(body, "name") ?? check.name;
  check.detailsUrl = textIn(body, "details_url") ?? check.detailsUrl;
  check.status = conclusion === undefined ? (status ?? check.status) : "completed";
  check.conclusion = check.status === "completed" ? (conclusion ?? check.conclusion) : null;
  check.completedAt = check.status === "completed" ? state.now() : null;
  const output = body["output"];
  if (typeof output !== "object" || output === null) return;
  const texts: Readonly<Record<string, unknown>> = { ...output };
  check.output = { title: textIn(texts, "title"), summary: textIn(texts, "summary"), text: textIn(texts, "text") };
}

function deployments(call: RepositoryCall): Answer {
  const [sha, environment] = [call.query.get("sha"), call.query.get("environment")];
  const found = call.repository.deployments.filter(
    (one) => (sha === null || one.sha === sha) && (environment === null || one.environment === environment),
  );
  return page(call.listing, found.toReversed(), (items) =>
    items.map((one) => deploymentForm(call.state, call.repository, one)),
  );
}

function deploymentStatuses(call: RepositoryCall): Answer {
  const { state, repository, params } = call;
  const deployment = repository.deployments.find((one) => one.id === Number(params["deployment_id"]));
  if (deployment === undefined) return notFound();
  return page(call.listing, deployment.statuses.toReversed(), (items) =>
    items.map((status) => deploymentStatusForm(state, { repository, deployment }, status)),
  );
}
