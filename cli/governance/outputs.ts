/** Formats by name, and where each report of a run goes. */
import { writeFileSync } from "node:fs";
import { github } from "./formats/github.ts";
import { json } from "./formats/json.ts";
import { pretty } from "./formats/pretty.ts";
import { sarif } from "./formats/sarif.ts";
import type { Report } from "./report.ts";

export const FORMATS = ["pretty", "json", "sarif", "github"] as const;
export type FormatName = (typeof FORMATS)[number];

/** One file to write. */
export interface OutputChoice {
  readonly format: FormatName;
  readonly path: string;
}

/** Reads `sarif=governance.sarif`; null where it is none. */
export function readOutput(text: string): OutputChoice | null {
  const [name = "", ...rest] = text.split("=");
  const path = rest.join("=");
  const format = FORMATS.find((each) => each === name);
  return format === undefined || path === "" ? null : { format, path };
}

/** What could not be written, in words; null where all was. */
export function writeAll(report: Report, outputs: readonly OutputChoice[]): string | null {
  for (const { format, path } of outputs) {
    try {
      writeFileSync(path, formatted(report, format, false));
    } catch (error) {
      return `Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }
  return null;
}

export function formatted(report: Report, format: FormatName, isColored: boolean): string {
  return format === "pretty" ? pretty(report, isColored) : PLAIN[format](report);
}

const PLAIN: Readonly<Record<Exclude<FormatName, "pretty">, (report: Report) => string>> = { json, sarif, github };
