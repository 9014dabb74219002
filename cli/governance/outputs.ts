/** Formats by name, and where each report of a run goes. */
import { writeFileSync } from "node:fs";
import { messageOf } from "../error-text.ts";
import type { FileOutput } from "../output-option.ts";
import { github } from "./formats/github.ts";
import { json } from "./formats/json.ts";
import { pretty } from "./formats/pretty.ts";
import { sarif } from "./formats/sarif.ts";
import type { Report } from "./report.ts";

export const FORMATS = ["pretty", "json", "sarif", "github"] as const;
export type FormatName = (typeof FORMATS)[number];

/** What could not be written, in words; null where all was. */
export function writeAll(report: Report, outputs: readonly FileOutput<FormatName>[]): string | null {
  for (const { format, path } of outputs) {
    try {
      writeFileSync(path, formatted(report, format, false));
    } catch (error) {
      return `Cannot write ${path}: ${messageOf(error)}.`;
    }
  }
  return null;
}

export function formatted(report: Report, format: FormatName, isColored: boolean): string {
  return format === "pretty" ? pretty(report, isColored) : PLAIN[format](report);
}

const PLAIN: Readonly<Record<Exclude<FormatName, "pretty">, (report: Report) => string>> = { json, sarif, github };
