/** The checks before anything runs: wiring, placeholders, names of secrets. Pure; the first failure stops the deploy. */
import type { DeployFailure } from "./failure.ts";
import { findPlaceholders, type Placeholder } from "./placeholders.ts";
import type { Project } from "./project.ts";
import { unknownSecrets } from "./secrets.ts";
import { checkWiring } from "./wiring.ts";
import type { Environment } from "./worker-config.ts";

/** What is about to be deployed. */
interface Plan {
  readonly project: Project;
  readonly environment: Environment;
  readonly dryRun: boolean;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What to tell in any case, and why to stop, if so. */
export interface Checked {
  readonly notices: readonly string[];
  readonly failure?: DeployFailure;
}

/** Checks a plan. The notices are for a deploy that goes on; a failure replaces them. */
export function checkBefore({ project, environment, dryRun, secrets }: Plan): Checked {
  const problems = checkWiring(project);
  if (problems.length > 0) {
    const lines = problems.map(({ rule, where, text }) => `  ${where}: ${text} [${rule}]`);
    return { notices: [], failure: { ...BADLY_WIRED, what: [BADLY_WIRED.what, ...lines].join("\n") } };
  }
  const unknown = unknownSecrets(project[environment], secrets);
  if (unknown.length > 0) return { notices: [], failure: nobodyReads(unknown) };
  const placeholders = findPlaceholders(project[environment]);
  if (placeholders.length > 0 && !dryRun) return { notices: [], failure: stillPlaceholders(placeholders) };
  return { notices: [...placeholders.map(placeholderNotice), ...authenticationNotice(project, environment)] };
}

const BADLY_WIRED: DeployFailure = {
  what: "The wrangler files do not fit together:",
  why: "Some of this would only show in production, where wrangler gives no error.",
  todo: "Correct the files; nothing was deployed.",
  exit: "usage",
};

function stillPlaceholders(placeholders: readonly Placeholder[]): DeployFailure {
  const lines = placeholders.map(({ file, key, value, hint }) => `  ${file}: ${key} is "${value}" (${hint})`);
  return {
    what: ["These values are placeholders:", ...lines].join("\n"),
    why: "They belong to nobody; the deploy would fail halfway or mirror nothing.",
    todo: "Replace them by your own and deploy again; nothing was deployed. `--dry-run` accepts them.",
    exit: "usage",
  };
}

function nobodyReads(names: readonly string[]): DeployFailure {
  return {
    what: `No Worker reads ${names.join(", ")}.`,
    why: "A misspelt secret would look as if it had been set.",
    todo: "Correct the names in the file of --secrets-file; nothing was deployed.",
    exit: "usage",
  };
}

function placeholderNotice({ file, key, value }: Placeholder): string {
  return `${file}: ${key} is the placeholder "${value}"; a real deploy refuses it.`;
}

/** Without either of these variables only the service token opens the report. */
function authenticationNotice(project: Project, environment: Environment): readonly string[] {
  const { file, vars } = project[environment].report;
  const empty = ["ACCESS_TEAM_DOMAIN", "ACCESS_AUD"].filter((name) => vars[name] === "");
  if (empty.length === 0) return [];
  return [
    `${file}: ${empty.join(" and ")} of ${environment} empty: the report will show nothing to people who sign in.`,
  ];
}
