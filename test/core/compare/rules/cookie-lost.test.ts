/** The ways in which a service deletes a cookie, which a table of single values cannot show. */
import { expect, test } from "vitest";
import { EMPTY_MEMORY } from "../../../../core/verdict/case.ts";
import { judge } from "../../../../core/verdict/judge.ts";
import { answer, pairOf } from "../../pair/builder.ts";

const date = "Sat, 21 Nov 2026 10:00:00 GMT";
const IN_AN_HOUR = "Sat, 21 Nov 2026 11:00:00 GMT";
const AN_HOUR_AGO = "Sat, 21 Nov 2026 09:00:00 GMT";
const EPOCH = "Thu, 01-Jan-1970 00:00:00 GMT";

test.each([
  ["sid=abc", `sid=deleted; Expires=${EPOCH}`, true],
  [`sid=abc; Expires=${IN_AN_HOUR}`, `sid=abc; Expires=${AN_HOUR_AGO}`, true],
  ["sid=abc; Max-Age=60", "sid=abc; Max-Age=0", true],
  ["sid=abc; Max-Age=60", "sid=abc; Max-Age=-1", true],
  ["sid=abc", "sid=", true],
  ["sid=abc; Max-Age=60", "sid=abc", false],
  ["sid=abc; Max-Age=60", "sid=abc; Max-Age=30", false],
  [`sid=; Expires=${AN_HOUR_AGO}`, `sid=; Expires=${EPOCH}`, false],
  ["sid=; Max-Age=0", "sid=; Max-Age=-1", false],
  ["sid=abc", `sid=abc; Expires=${IN_AN_HOUR}`, false],
])("%s, then %s: lost %s", (reference, shadow, lost) => {
  const side = (cookie: string) => answer({}, { headers: { date, "set-cookie": cookie } });
  const { findings } = judge(pairOf({ prod: side(reference), shadow: side(shadow) }), EMPTY_MEMORY).judged;
  expect(findings.some(({ rule, noise }) => rule === "cookie-lost" && noise === null)).toBe(lost);
});
