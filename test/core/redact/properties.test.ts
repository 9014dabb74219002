import fc from "fast-check";
import { expect, test } from "vitest";
import { isIdLike } from "../../../core/pair/id-like.ts";
import { redaction } from "./redactor.ts";

/** Text as it arrives: pieces that mean something to some reader, in any order. */
const PIECES = [
  ...'password token=|session: |"secret": |\'apiKey\' => |<password>|</password>|name="pin" value="|--token |?sid=|%40|%25|+|&|=|{|}|[|]|"|\'|\\|\n|  |- |,|:'.split(
    "|",
  ),
  ..."a@b.co|4111 1111 1111 1111|eyJhbGciOiJIUzI1NiJ9.e30.c2ln|Basic dXNlcjpwYXNz|://u:p@h/|redacted:string:0-8:test:0123456789abcdef".split(
    "|",
  ),
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { maxLength: 12 })
  .map((parts) => parts.join(""));

test("whatever the text, redaction ends, and redacting it again changes nothing", () => {
  fc.assert(
    fc.property(text, (value) => {
      const once = redaction().text(value);
      expect(redaction().text(once)).toBe(once);
    }),
    { numRuns: 3_000 },
  );
});

test.each(["a@b.co+a@b.co", "see a@b.co+c@d.co%20e@f.co"])(
  "nothing of %j is hidden by what stands beside it",
  (value) => {
    expect(redaction().text(value)).not.toContain("@");
  },
);

test("what begins like a list under a secret name goes with all that a reader would take for its value", () => {
  const once = redaction().text('"secret": [;} and token=v-1');
  expect(once).toMatch(/^"secret": redacted:\S+$/);
});

test("equal texts stay equal, whatever was redacted before them", () => {
  fc.assert(
    fc.property(text, text, (first, second) => {
      const shared = redaction();
      shared.text(first);
      expect(shared.text(second)).toBe(redaction().text(second));
    }),
  );
});

test("a token in a path stands for a single thing", () => {
  expect(isIdLike(redaction().text("ann@example.com"))).toBe(true);
});
