/** The shadow's body shows the inside of the service: stack traces, database errors, private keys, source paths. */
import { answered } from "../../pair/pair.ts";
import { type PairRule, PROVEN_CRITICAL } from "./rule.ts";

const SIGNS: readonly (readonly [string, RegExp])[] = [
  ["a Python stack trace", /Traceback \(most recent call last\)/],
  [
    "a JavaScript stack trace",
    /\bat (?:[\w$.<>[\] ]{1,80} )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()"]{1,200}:\d+:\d+/,
  ],
  ["a Java stack trace", /\bat [\w.$]{1,120}\((?:[\w$]{1,80}\.(?:java|kt|scala):\d+|Native Method)\)/],
  ["a .NET stack trace", /\bat [\w.`<>]{1,120}\([^)]{0,120}\) in [^\s]{1,200}:line \d+/],
  ["a Go panic", /goroutine \d+ \[running\]/],
  ["a PHP error", /(?:Fatal error|Warning|Notice)(?:<\/b>)?: .{1,300} in (?:<b>)?[^\s]{1,200}\.php(?:<\/b>)? on line/],
  ["a Ruby stack trace", /\.rb:\d+:in [`']/],
  ["a Rust panic", /thread '[^']{1,80}' panicked at/],
  [
    "a database error",
    /SQLSTATE\[|\bORA-\d{5}\b|syntax error at or near|You have an error in your SQL syntax|SQLITE_[A-Z]{4,}|no such (?:table|column): |psycopg2?\.|duplicate key value violates unique constraint|relation "[^"]{1,80}" does not exist|ER_[A-Z]+_[A-Z]+/,
  ],
  ["a connection error of the inside", /\bE(?:CONNREFUSED|CONNRESET|NOTFOUND|TIMEDOUT|HOSTUNREACH) [\w.:-]/],
  ["a private key", /-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/],
];

export const leakedInternals: PairRule = {
  id: "leaked-internals",
  title: "Internals leaked",
  ...PROVEN_CRITICAL,
  about: "body",
  fires: ({ reference, shadow }) =>
    answered(shadow) && signIn(shadow.body, answered(reference) ? reference.body : "") !== null,
  explain: ({ reference, shadow }) =>
    `The shadow's body shows ${answered(shadow) ? signIn(shadow.body, answered(reference) ? reference.body : "") : "internals"}.`,
};

function signIn(shadow: string, reference: string): string | null {
  if (shadow === reference) return null;
  return SIGNS.find(([, sign]) => sign.test(shadow) && !sign.test(reference))?.[0] ?? null;
}
