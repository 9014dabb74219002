// What the action's inputs ask for, as command lines. Apart from what runs them, and pure, so that each input has a test. Plain JavaScript
// for Node 20 without any package.

/** Where results lie when nobody says otherwise, in the user's repository. */
export const RESULTS = "shadow-probe-results.json";
const GOVERNANCE = "shadow-governance.json";
const CONFIG = ".shadow-infra/probe.json";
/** In the order in which they run: the rule on performance reads what the probe left, whatever the order they were named in. */
const TASKS = ["changes", "probe", "governance", "summary"];
/** Inputs of `budgets` and the flags they are. */
const BUDGET_FLAGS = {
  p95: "--p95-threshold",
  p99: "--p99-threshold",
  "size-kb": "--max-size-kb",
  "failure-rate": "--max-failure-rate",
};

const words = (text = "") => text.split(/\s+/).filter((word) => word !== "");
const option = (flag, value) => (value ? [flag, value] : []);

/**
 * Command lines for the launcher, in order, or a problem in words.
 * `has` says whether a file of the user's repository is there.
 */
export function commandsOf(inputs, has) {
  const tasks = words(inputs.RUN || (inputs.BASE_URL ? "probe governance" : "governance"));
  const unknown = tasks.filter((task) => !TASKS.includes(task));
  if (unknown.length > 0) return { problem: `run: ${unknown.join(" ")} is none of ${TASKS.join(", ")}.` };
  if (!["any", "never"].includes(inputs.FAIL_ON || "any")) return { problem: `fail-on: it is any or never.` };
  const ordered = TASKS.filter((task) => tasks.includes(task));
  const commands = ordered.map((task) => COMMANDS[task](inputs, has, tasks));
  const problem = commands.find((command) => typeof command === "string");
  return problem === undefined ? { commands } : { problem };
}

const COMMANDS = { changes, probe, governance, summary };

function probe(inputs, has) {
  const budgets = words(inputs.BUDGETS).map((word) => word.split("="));
  const wrong = budgets.find(([name, value]) => !Object.hasOwn(BUDGET_FLAGS, name) || !value);
  if (wrong !== undefined)
    return `budgets: ${wrong.join("=")} is none of ${Object.keys(BUDGET_FLAGS).join(", ")} with a value.`;
  const config = inputs.CONFIG || (!inputs.PRESET && has(CONFIG) ? CONFIG : "");
  return [
    "probe",
    ...option("--base-url", inputs.BASE_URL),
    ...option("--preset", inputs.PRESET),
    ...option("--config", config),
    ...option("--iterations", inputs.ITERATIONS),
    ...budgets.flatMap(([name, value]) => [BUDGET_FLAGS[name], value]),
    ...option("--wait", inputs.WAIT),
    ...option("--post-to", inputs.POST_TO),
    "--output",
    RESULTS,
  ];
}

function governance(inputs, _has, tasks) {
  return [
    "governance",
    ...option("--rules", inputs.RULES),
    ...option("--base", inputs.BASE),
    ...words(inputs.ONLY).flatMap((rule) => ["--only", rule]),
    ...(inputs.ALL === "true" ? ["--all"] : []),
    ...(tasks.includes("probe") ? ["--require-results"] : []),
    "--format",
    "github",
    "--output",
    `json=${GOVERNANCE}`,
    ...(inputs.SARIF ? ["--output", `sarif=${inputs.SARIF}`] : []),
  ];
}

function changes(inputs) {
  const groups = (inputs.GROUPS ?? "").split("\n").filter((line) => line.trim() !== "");
  if (groups.length === 0) return "groups: changes needs at least one line such as api=src/api/**";
  return ["ci", "changes", ...option("--base", inputs.BASE), ...groups.flatMap((line) => ["--group", line.trim()])];
}

function summary(inputs) {
  if (!inputs.NEEDS) return "needs: summary needs what toJSON(needs) gives.";
  return ["ci", "summary", "--needs", inputs.NEEDS, ...option("--artifacts", inputs.ARTIFACTS)];
}
