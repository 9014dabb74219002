/**
 * The workflow for somebody's own repository: the same six jobs as this project's, with their commands. Pure. Built as data and written by
 * the YAML package, so that no path or command of theirs can break out of its place.
 */
import { Document, isScalar, visit } from "yaml";
import { ACTIONS, releaseOf } from "./actions.ts";
import type { Application } from "./stack.ts";

export interface WorkflowChoices {
  readonly application: Application;
  /** Shell command that starts the service. */
  readonly start: string;
  /** `owner/repository@ref` of the action. */
  readonly action: string;
  /** Globs of what the jobs are about. */
  readonly paths: readonly string[];
  readonly baseUrl: string;
}

type Step = Readonly<Record<string, unknown>>;

const GATES = ["shadow-governance", "shadow-tests", "shadow-api-tests", "shadow-security-scan"] as const;
const PROBE = "shadow-performance-probe";
const HEAD = ` Written by \`shadow-infra init ci\`; yours to change.
 It starts always and its jobs skip by \`if:\`: a workflow that \`paths:\` filters out leaves its required checks waiting for ever.`;

/** As text with a final line break. */
export function workflowFile(choices: WorkflowChoices): string {
  const document = new Document(workflow(choices), { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.value !== "uses" || !isScalar(value)) return;
      const release = releaseOf(String(value.value));
      if (release !== null) value.comment = ` ${release}`;
    },
  });
  return document.toString({ lineWidth: 0, nullStr: "" });
}

function workflow(choices: WorkflowChoices): object {
  return {
    name: "Shadow CI",
    on: { pull_request: null, push: { branches: ["main", "develop"] }, merge_group: null, workflow_dispatch: null },
    permissions: { contents: "read" },
    concurrency: {
      group: "shadow-ci-${{ github.ref }}",
      "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    },
    jobs: {
      "shadow-governance": governance(choices),
      "shadow-tests": tests(choices),
      "shadow-api-tests": apiTests(choices),
      "shadow-security-scan": security(choices),
      [PROBE]: probe(choices),
      "shadow-ci-summary": summary(choices),
    },
  };
}

interface JobParts {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly steps: readonly Step[];
  readonly outputs?: object;
  readonly permissions?: object;
}

/** In the order in which jobs are read. */
function job(minutes: number, rest: JobParts): object {
  const { needs, if: condition, ...inside } = rest;
  return {
    ...(needs === undefined ? {} : { needs }),
    ...(condition === undefined ? {} : { if: condition }),
    "runs-on": "ubuntu-latest",
    "timeout-minutes": minutes,
    ...inside,
  };
}

/** An output that is lost must not make a job skip: a skipped one counts as passed. */
const onlyIf = (group: string) => ({
  needs: "shadow-governance",
  if: `\${{ needs.shadow-governance.outputs.${group} != 'false' }}`,
});

function checkout(history = false): Step {
  return {
    uses: ACTIONS.checkout[0],
    with: { ...(history ? { "fetch-depth": 0 } : {}), "persist-credentials": false },
  };
}

const SETUP_NODE: Step = { uses: ACTIONS.setupNode[0], with: { "node-version": 24 } };

/** The application's own language, its packages, and Node for the action. */
function setUp({ stack, install, ...application }: Application, history = false): readonly Step[] {
  const python = { uses: ACTIONS.setupPython[0], with: { "python-version": "3.12" } };
  return [
    checkout(history),
    SETUP_NODE,
    ...(stack === "python" ? [python] : []),
    inPlace(application, "Install", install),
  ];
}

function inPlace({ folder }: Pick<Application, "folder">, name: string, run: string): Step {
  return { name, ...(folder === "." ? {} : { "working-directory": folder }), run };
}

function keep(name: string, days: number, files: readonly string[] = [name]): Step {
  return {
    name: `Keep ${name}`,
    if: "${{ !cancelled() }}",
    uses: ACTIONS.upload[0],
    with: { name, path: files.join("\n"), "retention-days": days },
  };
}

const below = ({ folder }: Application, files: readonly string[]) =>
  files.map((file) => (folder === "." ? file : `${folder}/${file}`));

function governance({ action, paths }: WorkflowChoices): object {
  const groups = [`shadow=${[...paths, ".shadow-infra/**", ".github/workflows/**"].join(" ")}`, "security=**"];
  const output = (name: string) => `\${{ fromJSON(steps.changes.outputs.changes).${name} }}`;
  return job(10, {
    permissions: { contents: "read", "pull-requests": "read" },
    outputs: { shadow: output("shadow"), security: output("security") },
    steps: [
      checkout(true),
      SETUP_NODE,
      { name: "Find what changed", id: "changes", uses: action, with: { run: "changes", groups: groups.join("\n") } },
      {
        name: "Enforce the rules",
        uses: action,
        env: { GITHUB_TOKEN: "${{ github.token }}" },
        with: { run: "governance" },
      },
      keep("shadow-governance.json", 7),
    ],
  });
}

function tests({ application }: WorkflowChoices): object {
  const files = below(application, ["coverage-shadow.json", "shadow-tests-junit.xml"]);
  return job(15, {
    ...onlyIf("shadow"),
    steps: [
      ...setUp(application),
      inPlace(application, "Test, 30 seconds a test", application.test),
      keep("coverage-shadow.json", 7, files),
    ],
  });
}

function apiTests({ application }: WorkflowChoices): object {
  const files = below(application, ["shadow-api-tests-junit.xml"]);
  return job(15, {
    ...onlyIf("shadow"),
    steps: [
      ...setUp(application),
      inPlace(application, "Test the API, 60 seconds a test", application.apiTest),
      keep("shadow-api-tests", 7, files),
    ],
  });
}

function security({ application, action }: WorkflowChoices): object {
  return job(10, {
    ...onlyIf("security"),
    steps: [
      ...setUp(application),
      {
        name: "Look for secrets, weak cryptography and unsigned models in every file",
        uses: action,
        with: { run: "governance", all: "true", only: "1 8 9", sarif: "shadow-security.sarif" },
      },
      { ...inPlace(application, "Ask for known holes in its packages", application.audit), if: "${{ !cancelled() }}" },
      keep("shadow-security.sarif", 7),
    ],
  });
}

function probe({ application, action, start, baseUrl }: WorkflowChoices): object {
  const log = '"$RUNNER_TEMP/service.log"';
  const pid = '"$RUNNER_TEMP/service.pid"';
  return job(15, {
    needs: GATES,
    // A job that was skipped would skip this one too; one that failed must.
    if: "${{ !cancelled() && !failure() && needs.shadow-governance.outputs.shadow != 'false' }}",
    steps: [
      // Whether a budget was raised is seen in the change.
      ...setUp(application, true),
      inPlace(application, "Start the service", `${start} > ${log} 2>&1 &\necho $! > ${pid}`),
      {
        name: "Wait until it is healthy, probe it, enforce the performance budget",
        uses: action,
        with: { run: "probe governance", "base-url": baseUrl, only: "12" },
      },
      { name: "Show the service's log", if: "${{ failure() }}", run: `cat ${log}` },
      { name: "Stop the service", if: "${{ always() }}", run: `kill "$(cat ${pid})" || true` },
      keep("shadow-probe-results.json", 30, ["shadow-probe-results.json", "shadow-governance.json"]),
    ],
  });
}

function summary({ action }: WorkflowChoices): object {
  return job(10, {
    needs: [...GATES, PROBE],
    if: "${{ always() }}",
    steps: [
      checkout(),
      SETUP_NODE,
      {
        name: "Fetch what the jobs left",
        "continue-on-error": true,
        uses: ACTIONS.download[0],
        with: { path: "artifacts" },
      },
      { name: "Write the summary", uses: action, with: { run: "summary", needs: "${{ toJSON(needs) }}" } },
    ],
  });
}
