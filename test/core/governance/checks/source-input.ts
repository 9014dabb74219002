/** The input of a check that reads code: files as text, read by the real parsers. */
import { factsOf } from "../../../../cli/governance/source/facts.ts";
import type { ChangedFile } from "../../../../core/governance/change.ts";
import type { Check, CheckInput, Surroundings } from "../../../../core/governance/check.ts";
import { type CheckKind, type CheckOf, CheckSchema } from "../../../../core/governance/rules.ts";
import type { Hit } from "../../../../core/governance/violation.ts";
import { changeOf, fileAt } from "../given.ts";
import { inputOf } from "./input.ts";

export type Files = Readonly<Record<string, string>>;

interface Given<K extends CheckKind> {
  readonly run: Check<K>;
  /** As somebody writes it; what has a default may be left out. */
  readonly check: { readonly kind: K } & Readonly<Record<string, unknown>>;
  /** Tracked files that are not part of the change. */
  readonly others?: Files;
  readonly changed?: readonly ChangedFile[];
  readonly around?: Partial<Surroundings>;
}

export function sourceInput<K extends CheckKind>(files: Files, given: Given<K>): CheckInput<K> {
  const changed = [...Object.entries(files).map(([path, text]) => fileAt(path, { text })), ...(given.changed ?? [])];
  const all = { ...given.others, ...files };
  // The schema keeps the kind that it was given.
  const check = CheckSchema.parse(given.check) as CheckOf<K>;
  const change = {
    ...changeOf(changed),
    tree: [...Object.keys(all), ...(given.changed ?? []).map(({ path }) => path)],
  };
  return inputOf(check, change, {
    facts: ({ path, text }) => (text === null ? null : factsOf(path, text)),
    read: (path) => all[path] ?? null,
    ...given.around,
  });
}

/** Hits, or an error where the check could not judge. */
export async function hitsOf<K extends CheckKind>(files: Files, given: Given<K>): Promise<readonly Hit[]> {
  const result = await given.run(sourceInput(files, given));
  if ("notJudged" in result) throw new Error(result.notJudged);
  return result;
}
