/** A whole run over lines, with what every format wrote. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareAll } from "../../../cli/compare/compare.ts";
import { openOutputs } from "../../../cli/compare/outputs.ts";
import type { FailOn, Report } from "../../../cli/compare/report.ts";
import type { CompareSettings } from "../../../core/compare/settings.ts";

export interface Reported {
  readonly report: Report;
  readonly jsonl: string;
  readonly json: string;
  readonly markdown: string;
  readonly junit: string;
}

export interface Wishes {
  readonly failOn?: FailOn;
  readonly settings?: CompareSettings;
}

export async function reported(
  lines: readonly string[],
  { failOn = "Critical", settings }: Wishes = {},
): Promise<Reported> {
  const folder = mkdtempSync(join(tmpdir(), "shadow-infra-formats-"));
  const path = (format: string): string => join(folder, format);
  try {
    const outputs = await openOutputs(
      (["jsonl", "json", "markdown", "junit"] as const).map((format) => ({ format, path: path(format) })),
      failOn,
    );
    const source = { open: () => chunksOf(lines) };
    const quiet = { malformed: () => {}, show: () => {} };
    const report = await compareAll({ source, settings, learn: true, group: true, outputs, ...quiet });
    const read = (format: string): string => readFileSync(path(format), "utf8");
    return { report, jsonl: read("jsonl"), json: read("json"), markdown: read("markdown"), junit: read("junit") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function* chunksOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${line}\n`);
}
