/**
 * What one would paste into a pull request: the verdict first, then drifts by severity. Everything that comes from answers is
 * made harmless: it may hold markup, mentions of people and links.
 */
import type { Drift } from "../drifts.ts";
import { counted, countingDrifts, type Format, headline, type Report } from "../report.ts";

/** Drifts that are told one by one, a severity. GitHub cuts a comment at 65,536 characters. */
const MAX_TOLD = 25;
const MAX_TOLD_NOISE = 10;
const MAX_CODE_CHARS = 200;
const MAX_REASON_CHARS = 300;

export function markdown(): Format {
  return { end: (report, write) => write(`${document(report).join("\n")}\n`) };
}

function document(report: Report): readonly string[] {
  const counting = countingDrifts(report);
  const noise = report.drifts.filter(({ pairs }) => pairs === 0);
  return [
    `**${headline(report)}**`,
    ...section("Critical", counting),
    ...section("Warning", counting),
    ...noiseSection(noise),
    ...(report.cut ? ["", "There were more kinds of drift than are listed; these are the worst."] : []),
  ];
}

function section(severity: Drift["severity"], counting: readonly Drift[]): readonly string[] {
  const drifts = counting.filter((drift) => drift.severity === severity);
  if (drifts.length === 0) return [];
  return ["", `### ${severity}`, "", ...drifts.slice(0, MAX_TOLD).flatMap(told), ...more(drifts.length - MAX_TOLD)];
}

function told(drift: Drift): readonly string[] {
  const { route, pattern, rule, signature, reason, pairs, noise, examples, occasion } = drift;
  const [example] = examples;
  const silent = noise.pairs === 0 ? "" : `, noise in ${noise.pairs} more`;
  return [
    `- ${code(route)} ${code(pattern)}: ${plain(reason)}`,
    `  ${counted(pairs, "pair")}${silent}; rule ${code(rule)}, signature ${code(signature)}`,
    ...conditionLines(occasion),
    ...(example === undefined
      ? []
      : [`  for example ${code(`${example.method} ${example.path}`)}, pair ${code(example.id)}`]),
  ];
}

function conditionLines({ condition, curl }: Drift["occasion"]): readonly string[] {
  const block = curl === null ? [] : ["", fenced(curl), ""];
  if (condition === null) return block;
  const { words, matching, matchingFailing, others, othersFailing } = condition;
  return [`  ${matchingFailing} of ${matching} ${code(words)}, ${othersFailing} of ${others} otherwise`, ...block];
}

/** A command to be copied, inside a list item. */
function fenced(command: string): string {
  const longest = Math.max(2, ...[...command.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}sh`, ...command.split("\n"), fence].map((line) => `  ${line}`).join("\n");
}

function noiseSection(noise: readonly Drift[]): readonly string[] {
  if (noise.length === 0) return [];
  const pairs = noise.reduce((sum, drift) => sum + drift.noise.pairs, 0);
  const lines = noise
    .slice(0, MAX_TOLD_NOISE)
    .map((drift) => `- ${code(drift.route)} ${code(drift.pattern)}: ${plain(drift.noise.reasons[0] ?? "noise")}`);
  return [
    "",
    `<details><summary>Noise: ${counted(noise.length, "kind")} of difference, ${counted(pairs, "time")}</summary>`,
    "",
    ...lines,
    ...more(noise.length - MAX_TOLD_NOISE),
    "",
    "</details>",
  ];
}

function more(count: number): readonly string[] {
  return count > 0 ? [`- and ${count} more`] : [];
}

/** Text of anybody's as a code span: markup and mentions are dead in it. Fenced with more backticks than it holds. */
function code(text: string): string {
  const line = oneLine(text, MAX_CODE_CHARS);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 || line === "" ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

const ZERO_WIDTH = "\u200b";

/** Text of anybody's as running text: characters of Markdown and HTML as references, mentions and addresses broken up. */
function plain(text: string): string {
  return oneLine(text, MAX_REASON_CHARS)
    .replaceAll(/[&<>\\`*_[\]|~#]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll("@", `@${ZERO_WIDTH}`)
    .replaceAll("://", `:${ZERO_WIDTH}//`);
}

function oneLine(text: string, max: number): string {
  const line = text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ").toWellFormed();
  return line.length <= max ? line : `${line.slice(0, max).toWellFormed()}…`;
}
