/** What people tell the provisioner in comments: `/shadow retry`, `stop` and `approve-fork`. Others are the report's to answer. */
import type { CommandFacts } from "./facts.ts";

export type ShadowCommand =
  | { readonly kind: "retry" }
  | { readonly kind: "stop" }
  /** `sha`: what was named, in lower case; null: the head as it stood. */
  | { readonly kind: "approve-fork"; readonly sha: string | null };

/** A commit named with fewer digits is a slip or a guess. Git itself abbreviates to seven at least. */
const MIN_SHA_DIGITS = 7;
const SHA = new RegExp(`^[0-9a-f]{${MIN_SHA_DIGITS},40}$`);

/** Null: not ours, or not understood. Words after the command are refused, so that no remark becomes an order. */
export function readCommand(text: string): ShadowCommand | null {
  const [head, verb, argument, ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (head !== "/shadow" || rest.length > 0) return null;
  if (verb === "approve-fork") return approval(argument);
  return (verb === "retry" || verb === "stop") && argument === undefined ? { kind: verb } : null;
}

function approval(sha: string | undefined): ShadowCommand | null {
  if (sha === undefined) return { kind: "approve-fork", sha: null };
  return SHA.test(sha) ? { kind: "approve-fork", sha } : null;
}

/** Where `retry` and `stop` leave a pull request. */
export interface CommandStanding {
  /** The newest of both is a `stop`: it holds over pushes, until a `retry`. */
  readonly stopped: { readonly by: string } | null;
  /** Id of the newest `retry` and when it was given; a stack of another attempt is made anew. */
  readonly retry: { readonly id: number; readonly at: number } | null;
}

/** Only people who may write count, and of them the comment with the highest id: what order they are listed in does not matter. */
export function commandStanding(commands: readonly CommandFacts[]): CommandStanding {
  const counting = commands
    .filter(({ canWrite }) => canWrite)
    .map((command) => ({ ...command, kind: readCommand(command.text)?.kind }))
    .filter(({ kind }) => kind === "retry" || kind === "stop")
    .toSorted((a, b) => b.id - a.id);
  const newest = counting[0];
  const retry = counting.find(({ kind }) => kind === "retry");
  return {
    stopped: newest?.kind === "stop" ? { by: newest.by } : null,
    retry: retry === undefined ? null : { id: retry.id, at: retry.at },
  };
}
