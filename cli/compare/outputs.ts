/** Formats by name, and the outputs of a run: one on standard output, others in files. */
import { json } from "./formats/json.ts";
import { jsonl } from "./formats/jsonl.ts";
import { junit } from "./formats/junit.ts";
import { markdown } from "./formats/markdown.ts";
import type { FailOn, Format, Report } from "./report.ts";
import type { Seen } from "./run.ts";
import { fileOutput, type Sink, standardOutput } from "./streams.ts";

/** What a run can be written as. */
export const FORMATS = ["jsonl", "json", "markdown", "junit"] as const;
export type FormatName = (typeof FORMATS)[number];

/** One output; without `path` it is standard output. */
export interface OutputChoice {
  readonly format: FormatName;
  readonly path?: string;
}

/** Whether these formats group findings, which asks for the same judgement in whatever order pairs come. */
export function groups(outputs: readonly OutputChoice[]): boolean {
  return outputs.some(({ format }) => format !== "jsonl");
}

/** All outputs of a run as one. */
export interface Outputs {
  readonly pair: (seen: Seen) => Promise<void>;
  /** Writes what is written at the end, and closes. */
  readonly end: (report: Report) => Promise<void>;
}

/** Opens all of them. Rejects with a `WriteFailure`. */
export async function openOutputs(choices: readonly OutputChoice[], failOn: FailOn): Promise<Outputs> {
  const open: Opened[] = [];
  for (const { format, path } of choices)
    open.push({
      format: makerOf[format](failOn),
      sink: path === undefined ? standardOutput() : await fileOutput(path),
    });
  return together(open);
}

/** One format on standard output, and nothing else. */
export function onStandardOutput(format: Format): Outputs {
  return together([{ format, sink: standardOutput() }]);
}

interface Opened {
  readonly format: Format;
  readonly sink: Sink;
}

function together(open: readonly Opened[]): Outputs {
  return {
    pair: async (seen) => {
      for (const { format, sink } of open) await format.pair?.(seen, sink.write);
    },
    end: async (report) => {
      for (const { format, sink } of open) {
        await format.end?.(report, sink.write);
        await sink.close();
      }
    },
  };
}

const makerOf: Readonly<Record<FormatName, (failOn: FailOn) => Format>> = {
  jsonl,
  json,
  markdown,
  junit,
};
