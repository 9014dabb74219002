/** The files through which a step hands something on: to later steps, and to the page of the run. Without them (on a laptop) it is printed. */
import { appendFileSync } from "node:fs";

type Environment = Readonly<Record<string, string | undefined>>;

/** What one summary may hold: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** Sets outputs of the step. Values are single words or paths. */
export function setOutputs(env: Environment, outputs: Readonly<Record<string, string>>): void {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value.replaceAll(/[\r\n]/g, " ")}\n`);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, lines.join(""));
}

/** Adds to the summary of the run; false where there is none. */
export function addToSummary(env: Environment, markdown: string): boolean {
  if (!env.GITHUB_STEP_SUMMARY) return false;
  appendFileSync(env.GITHUB_STEP_SUMMARY, cut(markdown));
  return true;
}

/** GitHub shows nothing at all of a summary that is too long. */
function cut(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= MAX_SUMMARY_BYTES) return markdown;
  const end = "\n\n(shortened: GitHub shows a summary of one MiB)\n";
  const kept = bytes.subarray(0, MAX_SUMMARY_BYTES - end.length - 4).toString("utf8");
  return `${kept.slice(0, kept.lastIndexOf("\n"))}${end}`;
}
