/** The promise table as text. */
import type { Row } from "./promise.ts";

const HEAD = ["cell", "promise", "goal", "measured", ""] as const;

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.cell, row.promise, row.goal, row.measured, row.isKept ? "kept" : "BROKEN"]);
  const broken = rows.filter(({ isKept }) => !isKept);
  const last =
    broken.length === 0
      ? `All ${rows.length} promises were kept.`
      : `${broken.length} of ${rows.length} promises were broken:`;
  const seen = broken.flatMap((row) => [`  ${row.cell}: ${row.promise}`, ...row.seen.map((text) => `    ${text}`)]);
  return [aligned([HEAD, ...cells]), "", last, ...seen, ""].join("\n");
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string => row.map((text, at) => text.padEnd(widths[at] ?? 0)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
