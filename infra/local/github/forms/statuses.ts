/** What is said of a commit: statuses, check runs, deployments. */
import type { components } from "@octokit/openapi-types";
import {
  type Check,
  type Deployment,
  type DeploymentStatus,
  ownerOf,
  type Repository,
  type State,
  type Status,
  type Workflow,
} from "../state.ts";
import { commitNumber } from "./commit.ts";
import { apiUrl, iso, isoOrNull, nodeId } from "./links.ts";
import { repositoryForm } from "./repository.ts";
import { userForm } from "./user.ts";

type Schemas = components["schemas"];

export function statusForm(state: State, repository: Repository, status: Status) {
  const creator = userForm(state, status.by);
  return {
    url: apiUrl(state, `/repos/${repository.fullName}/statuses/${status.sha}`),
    avatar_url: creator.avatar_url,
    id: status.id,
    node_id: nodeId("SC", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: iso(status.at),
    updated_at: iso(status.at),
    creator,
  } satisfies Schemas["status"];
}

export function checkForm(state: State, repository: Repository, check: Check) {
  const url = apiUrl(state, `/repos/${repository.fullName}/check-runs/${check.id}`);
  return {
    id: check.id,
    head_sha: check.sha,
    node_id: nodeId("CR", check.id),
    external_id: "",
    url,
    html_url: `${state.origin()}/${repository.fullName}/runs/${check.id}`,
    details_url: check.detailsUrl,
    status: check.status,
    conclusion: check.conclusion,
    started_at: iso(check.startedAt),
    completed_at: isoOrNull(check.completedAt),
    output: { ...check.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    name: check.name,
    check_suite: { id: commitNumber(check.sha) },
    app: null,
    pull_requests: [],
  } satisfies Schemas["check-run"];
}

export function workflowForm(state: State, repository: Repository, run: Workflow) {
  const short = repositoryForm(state, repository);
  const minimal = { ...short, license: null };
  const url = `${short.url}/actions/runs/${run.id}`;
  const actor = userForm(state, ownerOf(repository));
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId("WR", run.id),
    head_branch: null,
    head_sha: run.sha,
    path: ".github/workflows/build.yml",
    display_title: run.name,
    run_number: 1,
    run_attempt: 1,
    event: "pull_request",
    status: run.conclusion === null ? "in_progress" : "completed",
    conclusion: run.conclusion,
    workflow_id: commitNumber(run.name),
    url,
    html_url: `${short.html_url}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: iso(run.at),
    updated_at: iso(run.at),
    run_started_at: iso(run.at),
    actor,
    triggering_actor: actor,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${short.url}/check-suites/${commitNumber(run.sha)}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${short.url}/actions/workflows/${commitNumber(run.name)}`,
    head_commit: null,
    repository: minimal,
    head_repository: minimal,
  } satisfies Schemas["workflow-run"];
}

export function deploymentForm(state: State, repository: Repository, deployment: Deployment) {
  const api = apiUrl(state, `/repos/${repository.fullName}`);
  const url = `${api}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: nodeId("DE", deployment.id),
    sha: deployment.sha,
    ref: deployment.sha,
    task: "deploy",
    payload: {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: null,
    creator: userForm(state, "deployer[bot]"),
    created_at: iso(deployment.at),
    updated_at: iso(deployment.at),
    statuses_url: `${url}/statuses`,
    repository_url: api,
    transient_environment: false,
    production_environment: false,
  } satisfies Schemas["deployment"];
}

export interface DeploymentPlace {
  readonly repository: Repository;
  readonly deployment: Deployment;
}

export function deploymentStatusForm(state: State, place: DeploymentPlace, status: DeploymentStatus) {
  const { repository, deployment } = place;
  const api = apiUrl(state, `/repos/${repository.fullName}`);
  const deploymentUrl = `${api}/deployments/${deployment.id}`;
  return {
    url: `${deploymentUrl}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId("DS", status.id),
    state: status.state,
    creator: userForm(state, "deployer[bot]"),
    description: "",
    environment: deployment.environment,
    target_url: status.url ?? "",
    created_at: iso(status.at),
    updated_at: iso(status.at),
    deployment_url: deploymentUrl,
    repository_url: api,
    environment_url: status.url ?? "",
    log_url: "",
  } satisfies Schemas["deployment-status"];
}
