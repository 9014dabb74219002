/** What the checks may look at, from git and this machine. Each part is read when a check first asks, and what is heavy is loaded only where a rule needs it. */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { RE2JS } from "re2js";
import { SLICE_FILES } from "../../core/governance/by-file.ts";
import type { Change, ChangedFile } from "../../core/governance/change.ts";
import type { Surroundings } from "../../core/governance/check.ts";
import type { GovernanceFile } from "../../core/governance/rules.ts";
import type { SourceFacts } from "../../core/governance/source.ts";
import { READS_CODE } from "../../core/governance/unread.ts";
import { approvalsOfCommits, approvalsOnGitHub } from "./approvals.ts";
import type { Git } from "./git.ts";
import { fits } from "./globs.ts";
import { CODEOWNERS_PATHS, namedOwners, type Owners, readOwners } from "./owners.ts";
import type { Rules } from "./rules-file.ts";

interface Given {
  readonly git: Git;
  readonly change: Change;
  readonly rules: Pick<Rules, "file" | "loosened">;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly today: string;
}

export async function surroundingsOf({ git, change, rules, env, today }: Given): Promise<Surroundings> {
  const read = once((path: string, at: "head" | "base" = "head") => textAt(git, path, revisionOf(change, at)));
  const codeowners = (at: "head" | "base") =>
    CODEOWNERS_PATHS.reduce<string | null>((text, path) => text ?? read(path, at), null);
  const owners = ownersOf(codeowners);
  return {
    facts: await factsReader(rules.file),
    secrets: async (files) => {
      const { secretsIn } = await import("./source/secrets.ts");
      return secretsIn(files);
    },
    read,
    readResult: (path) => fileText(resultPath(path, git.folder)),
    fits,
    owners: (path, at = "head") => owners(at)?.(path) ?? null,
    approvals: (source) =>
      source === "commits"
        ? Promise.resolve(approvalsOfCommits(change.commits))
        : approvalsOnGitHub(namedOwners(`${codeowners("base") ?? ""}\n${codeowners("head") ?? ""}`), env),
    matches,
    loosened: rules.loosened,
    today,
  };
}

/** Each side's file is read once, when somebody first asks. */
function ownersOf(textAtSide: (at: "head" | "base") => string | null): (at: "head" | "base") => Owners | null {
  const known = new Map<"head" | "base", Owners | null>();
  return (at) => {
    const text = known.has(at) ? null : textAtSide(at);
    if (!known.has(at)) known.set(at, text === null ? null : readOwners(text));
    return known.get(at) ?? null;
  };
}

/** The parsers are native code and grammars, so they are loaded only where a check reads code. */
async function factsReader({ rules }: GovernanceFile): Promise<Surroundings["facts"]> {
  if (!rules.some(({ checks }) => checks.some(({ kind }) => READS_CODE.has(kind)))) return () => null;
  const { factsOf } = await import("./source/facts.ts");
  const known = new Map<ChangedFile, SourceFacts | null>();
  return (file) => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const { path, text } = file;
    const facts = text === null ? null : factsOf(path, text);
    known.set(file, facts);
    for (const oldest of known.size > MAX_FACTS ? known.keys() : []) {
      known.delete(oldest);
      break;
    }
    return facts;
  };
}

/** Syntax trees are many times as large as their texts: those of a slice, and of as many files that they name. */
const MAX_FACTS = 2 * SLICE_FILES;

/** The index is a revision without a name. */
function revisionOf({ scope, head, base }: Change, at: "head" | "base"): string | null {
  if (at === "base") return base;
  return scope === "staged" ? "" : head;
}

function textAt(git: Git, path: string, revision: string | null): string | null {
  return revision === null ? null : git.asked(["cat-file", "blob", `${revision}:${path}`]);
}

function once(read: (path: string, at?: "head" | "base") => string | null): Surroundings["read"] {
  const known = new Map<string, string | null>();
  return (path, at = "head") => {
    const key = `${at}:${path}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const text = read(path, at);
    known.set(key, text);
    return text;
  };
}

/** From the top of the repository; `{tmp}` is the system's temporary folder. */
export function resultPath(path: string, folder: string): string {
  const whole = path.replace("{tmp}", () => tmpdir());
  return isAbsolute(whole) ? whole : join(folder, whole);
}

function fileText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

const patterns = new Map<string, RE2JS | null>();

function matches(pattern: string, text: string): boolean | null {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = compiledOrNull(pattern);
    patterns.set(pattern, compiled);
  }
  return compiled === null ? null : compiled.matcher(text).find();
}

function compiledOrNull(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return null;
  }
}
