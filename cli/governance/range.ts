/** Which commits are judged: the flags, else what the CI job says, else the default branch of origin. Nothing is guessed in silence. */
import { readFileSync } from "node:fs";
import { type Environment, readEvent } from "../ci/event.ts";
import { commitOf, type Git } from "./git.ts";

export interface Range {
  /** Where the change left the base: their merge base. Null: the head stands on nothing, and all of it is the change. */
  readonly base: string | null;
  readonly head: string;
  /** What the base was called: `origin/main`. */
  readonly baseName: string;
}

/** The range, or why there is none and what to do, in words. */
export type RangeResult = Range | { readonly problem: string; readonly kind: "usage" | "undecided" };

export interface Asked {
  readonly base?: string;
  readonly head?: string;
}

export function rangeOf(git: Git, asked: Asked, env: Environment): RangeResult {
  const head = commitOf(git, asked.head ?? "HEAD");
  if (head === null) return { problem: noHead(asked.head), kind: "usage" };
  const name = asked.base ?? baseFor(git, env);
  if (name === null) return onNothing(git, head);
  const tip = baseCommit(git, name);
  if (tip === null) return noBase(git, name);
  const base = git.asked(["merge-base", tip, head]);
  if (isShallow(git) && (base === null || isCut(git, [tip, head], base)))
    return { problem: SHALLOW, kind: "undecided" };
  if (base === null)
    return { problem: `${name} and ${asked.head ?? "HEAD"} have no commit in common.`, kind: "undecided" };
  return { base, head, baseName: name };
}

const FIX = "In GitHub Actions: `fetch-depth: 0` for actions/checkout. Elsewhere: git fetch --unshallow.";
const SHALLOW = `This clone is shallow, and the commits between base and head are not all here. ${FIX}`;

function isShallow(git: Git): boolean {
  return git.asked(["rev-parse", "--is-shallow-repository"]) === "true";
}

function noHead(asked: string | undefined): string {
  if (asked !== undefined) return `--head ${asked} is no commit here.`;
  return "There is no commit yet. --staged judges what the first one will hold.";
}

function noBase(git: Git, name: string): RangeResult {
  if (isShallow(git))
    return { problem: `The base ${name} is not in this clone, which is shallow. ${FIX}`, kind: "undecided" };
  const advice = "Fetch it (git fetch origin), or name another one with --base.";
  return { problem: `The base ${name} is no commit here. ${advice}`, kind: "usage" };
}

/** Whether history ends between them only because the clone does. */
function isCut(git: Git, tips: readonly string[], base: string): boolean {
  const file = git.asked(["rev-parse", "--git-path", "shallow"]);
  const ends = new Set(file === null ? [] : linesOf(readShallow(git, file)));
  return linesOf(git.text(["rev-list", ...tips, `^${base}`])).some((sha) => ends.has(sha));
}

function readShallow({ folder }: Git, file: string): string {
  try {
    return readFileSync(file.startsWith("/") ? file : `${folder}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** A repository whose first change this is. */
function onNothing(git: Git, head: string): RangeResult {
  if (isShallow(git)) return { problem: SHALLOW, kind: "undecided" };
  return { base: null, head, baseName: "nothing" };
}

function baseFor(git: Git, env: Environment): string | null {
  const { GITHUB_BASE_REF: pull = "", GITHUB_EVENT_NAME: name } = env;
  const event = readEvent(env);
  const said = "missing" in event ? null : shaOf(event.base);
  // A pull request's base has to be there: another one in its place, such as a local branch of the name that stands at the head, would
  // judge something else. So has the one of a merge queue, of which only the commit is known.
  if (pull !== "") return firstOf(git, [`origin/${pull}`, ...(said === null ? [] : [said])]) ?? `origin/${pull}`;
  if (name === "merge_group" && said !== null) return said;
  // A shallow clone lacks it and is refused by it; elsewhere it is gone after a forced push.
  if (name === "push" && said !== null && (commitOf(git, said) !== null || isShallow(git))) return said;
  const named = git.asked(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
  return firstOf(git, [...(named === null ? [] : [named]), "origin/main", "origin/master", "main", "master"]);
}

/** Git itself prefers a tag to a branch of the same name, and whoever may push a tag could choose the base with it. */
function baseCommit(git: Git, name: string): string | null {
  const isPlain = !/^(?:[0-9a-f]{40,64}$|refs\/)/.test(name);
  return (
    (isPlain ? (commitOf(git, `refs/remotes/${name}`) ?? commitOf(git, `refs/heads/${name}`)) : null) ??
    commitOf(git, name)
  );
}

function firstOf(git: Git, names: readonly string[]): string | null {
  return names.find((name) => baseCommit(git, name) !== null) ?? null;
}

/** Commits' ids alone: a name could mean anything here. */
function shaOf(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{40,64}$/.test(text) ? text : null;
}

function linesOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}
