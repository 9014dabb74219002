/** For people: one block for each rule with something to say, the exceptions, and a last line that says it all. */
import pc from "picocolors";
import { blocks } from "../../../core/governance/judge.ts";
import type { RuleOutcome, Violation } from "../../../core/governance/violation.ts";
import { logText } from "../../log-text.ts";
import { counting, type Report } from "../report.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** Hits of one rule that are shown; the rest is counted. */
const MAX_SHOWN = 50;

/** With a final line break. Colours only where the caller says that they are seen. */
export function pretty(report: Report, isColored: boolean): string {
  const colors = pc.createColors(isColored);
  const head = `Governance of ${report.subject}, by ${report.rulesPath}`;
  const blocksOfRules = report.outcomes.flatMap((outcome) => ruleBlock(outcome, report, colors));
  const others = report.violations.filter(({ check }) => check === "exception");
  return `${[
    logText(head),
    ...blocksOfRules,
    ...section("Exceptions", [...exceptionLines(report), ...hitLines(others, colors)]),
    ...section(
      "Notes",
      report.notes.map((note) => `  ${logText(note)}`),
    ),
    "",
    summary(report, colors),
  ].join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function ruleBlock(outcome: RuleOutcome, report: Report, colors: Colors): readonly string[] {
  const hits = counting(report).filter(({ ruleId, check }) => ruleId === outcome.ruleId && check !== "exception");
  const left = hits.length - MAX_SHOWN;
  return [
    `${markOf(outcome, colors)} ${headline(outcome, report)}`,
    ...hitLines(hits.slice(0, MAX_SHOWN), colors),
    ...(left > 0 ? [`    and ${left} more`] : []),
  ];
}

const MARKS: Readonly<Record<RuleOutcome["state"], readonly [string, "green" | "red" | "yellow" | "dim"]>> = {
  passed: ["✓", "green"],
  failed: ["✗", "red"],
  warned: ["!", "yellow"],
  "not-judged": ["-", "dim"],
};

function markOf({ state }: RuleOutcome, colors: Colors): string {
  const [mark, color] = MARKS[state];
  return colors[color](mark);
}

function headline({ ruleId, title, reason, state }: RuleOutcome, { rules }: Report): string {
  const rule = rules.find(({ id }) => String(id) === ruleId);
  const level = rule === undefined ? "" : ` (${rule.severity})`;
  const why = reason === null ? "" : `: ${state === "not-judged" ? "" : "in part "}not judged: ${logText(reason)}`;
  return `${ruleId.padStart(2)} ${logText(title)}${level}${why}`;
}

/** What to do stands below the last of those that it is the same for. */
function hitLines(hits: readonly Violation[], colors: Colors): readonly string[] {
  return hits.flatMap((hit, n) => {
    // Sentences that name their file need no place before them.
    const place = hit.line === null && hit.path !== null && hit.message.includes(hit.path) ? "" : placeOf(hit);
    const words = blocks(hit) ? colors.red(logText(hit.message)) : colors.yellow(logText(hit.message));
    const line = `    ${place === "" ? "" : `${logText(place)}: `}${words}`;
    return hits[n + 1]?.hint === hit.hint ? [line] : [line, colors.dim(`      ${logText(hit.hint)}`)];
  });
}

/** `src/a.ts:3:1`, as editors open it. */
function placeOf({ path, line, column }: Violation): string {
  if (path === null) return "";
  return [path, line, line === null ? null : column].filter((part) => part !== null).join(":");
}

/** Those that cover nothing can go only where everything was looked at; beside a change they would hide the others. */
function exceptionLines({ exceptions, scope }: Report): readonly string[] {
  const words = { used: "covers", unused: "covers nothing here", expired: "EXPIRED", "no-such-rule": "no such rule" };
  return exceptions
    .filter(({ state }) => state !== "unused" || scope === "all")
    .map(({ exception: { rule, path, subject, reason, expires }, state, covers }) => {
      const what = subject === undefined ? path : `${subject} in ${path}`;
      const how = state === "used" ? `covers ${covers}` : words[state];
      return `  rule ${rule}, ${logText(what)}, until ${expires}: ${logText(reason)} (${how})`;
    });
}

function summary(report: Report, colors: Colors): string {
  const hits = counting(report);
  const blocking = hits.filter(blocks).length;
  const excepted = report.violations.length - hits.length;
  const notJudged = report.outcomes.filter(({ state, reason }) => state === "not-judged" || reason !== null).length;
  const counts = [
    `${blocking} ${blocking === 1 ? "violation blocks" : "violations block"}`,
    `${hits.length - blocking} ${hits.length - blocking === 1 ? "warning" : "warnings"}`,
    `${excepted} excepted`,
    `${notJudged} of ${report.outcomes.length} rules not judged or only in part`,
  ].join(", ");
  if (report.exitCode === 1) return colors.red(`Governance failed: ${counts}.`);
  if (report.exitCode !== 0) return colors.yellow(`Governance could not be decided: ${counts}.`);
  return colors.green(`Governance passed: ${counts}.`);
}
