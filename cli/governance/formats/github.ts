/**
 * Annotations of GitHub Actions. GitHub shows ten errors and ten warnings of a step, so the rest is counted in words; below them stands what
 * people read, because the runner takes annotations out of the log's flow, and a step that passed would say nothing at all.
 */
import { blocks } from "../../../core/governance/judge.ts";
import type { Violation } from "../../../core/governance/violation.ts";
import { counting, type Report } from "../report.ts";
import { pretty } from "./pretty.ts";

/** https://docs.github.com/actions/reference/workflows-and-actions/limits */
const MAX_OF_A_KIND = 10;

export function github(report: Report): string {
  const hits = counting(report);
  const errors = hits.filter(blocks);
  const warnings = hits.filter((hit) => !blocks(hit));
  const undecided = report.exitCode === 3 ? [command("error", { title: "Governance" }, undecidedWords(report))] : [];
  return [
    ...annotations("error", errors),
    ...undecided,
    ...annotations("warning", warnings),
    ...exceptionsLine(report),
    ...report.outcomes.flatMap(({ ruleId, reason }) =>
      reason === null ? [] : [command("notice", { title: `Rule ${ruleId}` }, `not judged, or only in part: ${reason}`)],
    ),
    ...report.notes.map((note) => command("notice", { title: "Governance" }, note)),
    pretty(report, false).trimEnd(),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function annotations(kind: "error" | "warning", hits: readonly Violation[]): readonly string[] {
  const shown = hits.length > MAX_OF_A_KIND ? hits.slice(0, MAX_OF_A_KIND - 1) : hits;
  const left = hits.length - shown.length;
  const more = command(kind, { title: "Governance" }, `and ${left} more; the log and the JSON report have them all`);
  return [...shown.map((hit) => annotation(kind, hit)), ...(left > 0 ? [more] : [])];
}

function annotation(kind: "error" | "warning", hit: Violation): string {
  const place =
    hit.path === null
      ? {}
      : { file: hit.path, line: hit.line ?? 1, ...(hit.column === null ? {} : { col: hit.column }) };
  return command(
    kind,
    { ...place, title: `Rule ${hit.ruleId}: ${hit.title} (${hit.level})` },
    `${hit.message}. ${hit.hint}`,
  );
}

function undecidedWords({ outcomes }: Report): string {
  const reasons = outcomes.flatMap(({ ruleId, because, reason }) =>
    because === null ? [] : [`rule ${ruleId}: ${reason ?? ""}`],
  );
  return `A rule that blocks could not be judged: ${reasons.join("; ")}`;
}

function exceptionsLine({ exceptions }: Report): readonly string[] {
  return exceptions.map(({ exception: { rule, path, reason, expires }, state, covers }) =>
    command(
      "notice",
      { title: `Exception of rule ${rule}` },
      `${path} until ${expires}: ${reason} (${state}, ${covers})`,
    ),
  );
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands: what has a meaning is escaped. */
function command(kind: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`);
  return `::${kind} ${list.join(",")}::${inMessage(message)}`;
}

function inMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
