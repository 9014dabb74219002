/** Routes that look like one: proposals of a repository, and the command that says yes or no to one. */
import type { RouteAliasList } from "../../../core/wire/api/route-aliases.ts";

export interface Merge {
  /** `GET /blog/{slug}` */
  readonly target: string;
  readonly routes: readonly string[];
}

/** What is proposed and not decided yet, one for each target. */
export function proposedMerges({ items }: RouteAliasList): readonly Merge[] {
  const proposed = items.filter(({ state }) => state === "proposed");
  return Array.from(
    Map.groupBy(proposed, ({ target }) => target),
    ([target, own]) => ({ target, routes: own.map(({ route }) => route) }),
  );
}

/** For a POSIX shell. The target's name comes from requests, so it is quoted. */
export function mergeCommand(
  { origin, repoId }: { readonly origin: string; readonly repoId: number },
  { target, state }: { readonly target: string; readonly state: "accepted" | "refused" },
): string {
  const body = JSON.stringify({ target, state }).replaceAll("'", `'\\''`);
  return [
    `curl --request POST '${origin}/api/repositories/${repoId}/route-aliases'`,
    `  --header 'content-type: application/json'`,
    `  --data-raw '${body}'`,
  ].join(" \\\n");
}
