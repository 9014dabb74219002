/** The files that say budgets: those that are named, or the usual ones of this folder. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Proposal, proposedText, type TargetFile } from "../../core/budgets/plan.ts";
import { budgetFile } from "../../core/budgets/sites.ts";
import { CONFIG_PATHS } from "../../infra/provisioner/plan/config.ts";
import { messageOf } from "../error-text.ts";
import { type Failure, undecided, wrongUsage } from "./failure.ts";

/** In the order in which they count for the probe; a rules file last. Of each kind the first that is there is the one that counts. */
const USUAL = [
  ["probe.json", ".shadow-infra/probe.json"],
  CONFIG_PATHS,
  [".shadow-infra/governance.json", ".github/ALEX_RULES.json"],
] as const;

export function readTargets(named: readonly string[], folder: string): readonly TargetFile[] | Failure {
  const isThere = (path: string) => existsSync(resolve(folder, path));
  const paths = named.length > 0 ? named : USUAL.flatMap((kind) => kind.find(isThere) ?? []);
  const targets: TargetFile[] = [];
  for (const path of paths) {
    const read = readTarget(path, folder);
    if ("message" in read) return read;
    targets.push(read);
  }
  return targets;
}

function readTarget(path: string, folder: string): TargetFile | Failure {
  try {
    const text = readFileSync(resolve(folder, path), "utf8");
    const read = budgetFile(text);
    if (!read.ok) return wrongUsage(`${path} cannot be read, ${read.detail ?? ""}`);
    return { path, text, sites: read.value.sites, isRules: read.value.isRules };
  } catch (error) {
    return wrongUsage(`Cannot read ${path}: ${messageOf(error)}.`);
  }
}

export interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What the proposals make of the files; those that stay are left out. */
export function changesOf(files: readonly TargetFile[], proposals: readonly Proposal[]): readonly Change[] | Failure {
  const changes: Change[] = [];
  for (const file of files) {
    const edited = proposedText(file, proposals);
    if (!edited.ok)
      return undecided(`${file.path} is written in a way that cannot be edited safely: change it by hand.`);
    if (edited.value !== file.text) changes.push({ path: file.path, before: file.text, after: edited.value });
  }
  return changes;
}

/** The failure where a file cannot be written. */
export function writeChanges(changes: readonly Change[], folder: string): Failure | null {
  for (const { path, after } of changes) {
    try {
      writeFileSync(resolve(folder, path), after);
    } catch (error) {
      return undecided(`Cannot write ${path}: ${messageOf(error)}.`);
    }
  }
  return null;
}
