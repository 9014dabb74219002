/** Regions side by side: as a table, as Markdown, as JSON. */
import { timeCell, twoDecimals } from "../../../core/probe/decimals.ts";
import type { ComparedEndpoint, RegionFigures } from "../../../core/probe/regions.ts";
import { PROBE_SCHEMA_VERSION } from "../../../core/wire/api/probes.ts";
import { escapedText, table } from "../../markdown.ts";

export interface Compared {
  readonly endpoints: readonly ComparedEndpoint[];
  /** What makes them hard to compare. */
  readonly doubts: readonly string[];
}

const COLUMNS = ["region", "p50 ms", "p95 ms", "p99 ms", "failed", "p95 to the fastest"] as const;

const ALIGN = COLUMNS.map((_, n) => (n === 0 ? "---" : "---:"));

function cellsOf({ region, p50, p95, p99, failure_rate: rate, ratio }: RegionFigures): readonly string[] {
  const times = [p50, p95, p99].map(timeCell);
  return [region, ...times, `${twoDecimals(rate * 100)} %`, ratio === null ? "-" : `${ratio.toFixed(2)} x`];
}

/** Ends with a line break. */
export function regionsPretty({ endpoints, doubts }: Compared): string {
  const lines = endpoints.flatMap(({ endpoint, regions, missing }) => {
    const rows = [COLUMNS, ...regions.map(cellsOf)];
    const widths = COLUMNS.map((_, n) => Math.max(...rows.map((row) => row[n]?.length ?? 0)));
    const shown = rows.map((row) =>
      row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join("  "),
    );
    return [endpoint, ...shown.map((line) => `  ${line}`), ...missingLine(missing).map((line) => `  ${line}`), ""];
  });
  return `${[...lines, ...doubts].join("\n").trimEnd()}\n`;
}

function missingLine(missing: readonly string[]): readonly string[] {
  return missing.length === 0 ? [] : [`Not measured: ${missing.join(", ")}`];
}

/** Ends with a line break. */
export function regionsMarkdown({ endpoints, doubts }: Compared): string {
  const lines = endpoints.flatMap(({ endpoint, regions, missing }) => [
    `### ${escapedText(endpoint)}`,
    "",
    table(COLUMNS, regions.map(cellsOf), ALIGN),
    ...missingLine(missing).flatMap((line) => ["", escapedText(line)]),
    "",
  ]);
  return `${[...lines, ...doubts.map(escapedText)].join("\n").trimEnd()}\n`;
}

/** Ends with a line break. */
export function regionsJson({ endpoints, doubts }: Compared): string {
  return `${JSON.stringify({ schemaVersion: PROBE_SCHEMA_VERSION, endpoints, doubts }, null, 2)}\n`;
}
