/**
 * Why a deploy stopped, in the user's words: what happened, why it matters, what to do. The one table of messages of this
 * command, and the reading of wrangler's own error texts into them. Pure.
 */
import type { EXIT } from "../exit.ts";

/** A stop, and the exit code that belongs to it. */
export interface DeployFailure {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  /** `usage`: the operator has something to correct. `undecided`: something could not be reached or is unknown. */
  readonly exit: keyof Pick<typeof EXIT, "usage" | "undecided">;
}

/** One kind of refusal that wrangler is known for; `$1` in the texts is the first thing the pattern caught. */
interface KnownError extends DeployFailure {
  readonly pattern: RegExp;
}

/** Texts and codes as wrangler 4.164 and the Cloudflare API print them. The first that matches wins. */
const KNOWN_ERRORS: readonly KnownError[] = [
  {
    pattern: /required secrets have not been set: (.+)/,
    what: "These secrets are not set: $1.",
    why: "The Worker would start without them and refuse its work.",
    todo: "Set each with `wrangler secret put <NAME> --env <env> -c <file>`. A Worker that was never deployed cannot hold any yet: run this deploy with --secrets-file <path>, where each line says NAME=value.",
    exit: "usage",
  },
  {
    pattern:
      /necessary to set a CLOUDFLARE_API_TOKEN|not logged in|Authentication error|\[code: (?:10000|9109|10001)\]/i,
    what: "Cloudflare does not know who is asking.",
    why: "Without an account nothing can be deployed. `--dry-run` needs none.",
    todo: "Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.",
    exit: "undecided",
  },
  {
    pattern: /Queue "([^"]+)" does not exist/,
    what: 'The queue "$1" does not exist in this account.',
    why: "The tee and the consumer meet at it.",
    todo: "Run `npx wrangler queues create $1`, then deploy again.",
    exit: "usage",
  },
  {
    pattern: /R2 bucket '([^']+)' not found|bucket "?([\w-]+)"? does not exist/i,
    what: 'The bucket "$1" does not exist in this account.',
    why: "Bodies that do not fit a queue message are kept in it.",
    todo: "Run `npx wrangler r2 bucket create $1`, then deploy again.",
    exit: "usage",
  },
  {
    pattern: /The specified bucket does not exist|\[code: 10006\]/,
    what: "The bucket of this environment does not exist in this account.",
    why: "Bodies that do not fit a queue message are kept in it, and its rules say for how long.",
    todo: "Run `npx wrangler r2 bucket create <bucket_name>` with the name in wrangler.toml, then deploy again.",
    exit: "usage",
  },
  {
    pattern: /Couldn't find (?:a|an) D1 DB|D1 (?:binding|database).*not found|\[code: (?:7404|10181)\]/i,
    what: "The D1 database of this environment does not exist in this account.",
    why: "Its id in the wrangler files is another account's, or it was deleted.",
    todo: "Run `npx wrangler d1 create <database_name>` and write the id it prints into both files that name it.",
    exit: "usage",
  },
  {
    pattern: /Could not find zone for ['"`]?([^'"`\s]+)/i,
    what: "The zone of $1 is not in this account.",
    why: "A route needs the zone of its host.",
    todo: "Correct `routes` of this environment in wrangler.toml, or sign in to the account that has the zone.",
    exit: "usage",
  },
  {
    pattern: /fetch failed|ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN/,
    what: "Cloudflare could not be reached.",
    why: "The steps before this one are done, this one is not.",
    todo: "Check the network and deploy again: every step can be repeated.",
    exit: "undecided",
  },
];

/** A Worker that a service binding names has not been deployed yet (API error 10143; older API versions only say it in words). */
export function lacksBoundWorker(output: string): boolean {
  return /\[code: 10143\]|Could not resolve service binding|service_binding_error/.test(output);
}

/** What wrangler's output means. An unknown refusal is passed on in wrangler's own words. */
export function explainWrangler(output: string, errors: readonly string[]): DeployFailure {
  for (const { pattern, what, why, todo, exit } of KNOWN_ERRORS) {
    const match = pattern.exec(output);
    if (match === null) continue;
    const caught = match.slice(1).find((each) => each !== undefined) ?? "";
    const fill = (text: string): string => text.replaceAll("$1", () => caught);
    return { what: fill(what), why, todo: fill(todo), exit };
  }
  return {
    what: errors[0] ?? "wrangler failed without saying why.",
    why: "The steps before this one are done, this one is not.",
    todo: "Correct what it names and deploy again: every step can be repeated. The whole output is above.",
    exit: "undecided",
  };
}

/** The three sentences as lines for a terminal. */
export function failureLines({ what, why, todo }: DeployFailure): readonly string[] {
  return [what, `  Why it matters: ${why}`, `  What to do: ${todo}`];
}
