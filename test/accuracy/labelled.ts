/** Reads the labelled pairs from their files. Apart from judging, so that the engine never sees a label. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { SEVERITIES } from "../../core/verdict/severity.ts";
import { isPolicyLine, POLICY_LINES, type PolicyLine } from "./policy.ts";

export const SETS = ["tuned", "held-out"] as const;
export type SetName = (typeof SETS)[number];

const FOLDER = join(import.meta.dirname, "..", "fixtures", "pairs");

const LabelledSchema = z.object({
  id: z.string().min(1),
  label: z.object({
    verdict: z.enum(SEVERITIES),
    line: z.custom<PolicyLine>((line) => typeof line === "string" && isPolicyLine(line), {
      error: `not one of the ${Object.keys(POLICY_LINES).length} policy lines`,
    }),
    why: z.string().min(3),
  }),
});

export type Label = z.infer<typeof LabelledSchema>["label"];

export interface LabelledPair {
  readonly id: string;
  readonly set: SetName;
  /** The file it stands in, without the ending. Its order in the file is the order of its arrival. */
  readonly server: string;
  readonly label: Label;
  /** The recorded pair without its label, as a line for the judge. */
  readonly line: string;
}

/** The servers of a set, in the order of their names. */
export function serversOf(set: SetName): readonly string[] {
  return readdirSync(join(FOLDER, set))
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => basename(file, ".jsonl"))
    .toSorted();
}

/** All pairs of one server. Throws where a line is no labelled pair: the files are ours. */
export function pairsOf(set: SetName, server: string): readonly LabelledPair[] {
  return textOf(set, `${server}.jsonl`)
    .trimEnd()
    .split("\n")
    .map((text) => {
      const raw: unknown = JSON.parse(text);
      const { id, label } = LabelledSchema.parse(raw);
      const { label: _, ...pair } = z.looseObject({ label: z.unknown() }).parse(raw);
      return { id, set, server, label, line: JSON.stringify(pair) };
    });
}

/** Files of the frozen set whose bytes are not those that were frozen, and files that are missing or new. */
export function thawedFiles(): readonly string[] {
  const frozen = new Map(
    textOf("held-out", "SHA256")
      .trimEnd()
      .split("\n")
      .map((line): [string, string] => [line.slice(66), line.slice(0, 64)]),
  );
  const present = serversOf("held-out").map((server) => `${server}.jsonl`);
  const gone = [...frozen.keys()].filter((file) => !present.includes(file));
  return [...gone, ...present.filter((file) => frozen.get(file) !== sha256(textOf("held-out", file)))];
}

function textOf(set: SetName, file: string): string {
  return readFileSync(join(FOLDER, set, file), "utf8");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
