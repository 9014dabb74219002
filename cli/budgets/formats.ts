/** Proposals as what the command prints. Texts only: what is printed where, the command says. */
import { createTwoFilesPatch } from "diff";
import type { Proposal } from "../../core/budgets/plan.ts";
import type { Change } from "./files.ts";
import { proposalLine, remarks } from "./words.ts";

export const SUGGEST_FORMATS = ["pretty", "diff", "json"] as const;
export type SuggestFormat = (typeof SUGGEST_FORMATS)[number];

/** Of the JSON. */
const SCHEMA_VERSION = 1;

export interface Suggestions {
  readonly source: string;
  readonly headroom: number;
  readonly proposals: readonly Proposal[];
  readonly changes: readonly Change[];
  readonly written: boolean;
}

/** Everything in lines, the proposals that change something first. */
export function prettyText({ source, headroom, proposals, changes, written }: Suggestions): string {
  const changing = proposals.filter(({ proposed, now }) => proposed !== now);
  const others = proposals.filter((each) => !changing.includes(each));
  const lines = [
    `From ${source}:`,
    ...[...changing, ...others].map(
      (each) => `  ${each.proposed === each.now ? "=" : "~"} ${proposalLine(each, headroom)}`,
    ),
    ...remarks(proposals),
    endOf(changes, written),
  ];
  return `${lines.join("\n")}\n`;
}

function endOf(changes: readonly Change[], written: boolean): string {
  if (changes.length === 0) return "No file changes.";
  const paths = changes.map(({ path }) => path).join(", ");
  return written
    ? `Wrote ${paths}. Have it reviewed like any change.`
    : `--write changes ${paths}; --format diff shows how.`;
}

/** For `git apply`; empty where nothing changes. */
export function diffText(changes: readonly Change[]): string {
  return changes
    .map(({ path, before, after }) => createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after))
    .map((patch) => patch.replace(/^=+\n/, ""))
    .join("");
}

export function jsonText({ source, headroom, proposals, changes, written }: Suggestions): string {
  const suggestions = proposals.map(({ file, site, budget, ...rest }) => ({
    file,
    line: site?.line ?? null,
    endpoint: site?.endpoint ?? null,
    budget,
    ...rest,
  }));
  const files = changes.map(({ path }) => path);
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, source, headroom, suggestions, files, written }, null, 2)}\n`;
}
