import fc from "fast-check";
import { expect, test } from "vitest";
import { globOf, matchesGlob, segmentsOf } from "../../../core/pair/glob.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";

const matches = (pattern: string, path: string) => matchesGlob(globOf(pattern), segmentsOf(path));

test.each([
  ["/v1/**", "/v1"],
  ["/v1/**", "/v1/"],
  ["/v1/**", "/v1/a/b"],
  ["v1/*", "/v1/a"],
  ["**", "/"],
  ["**", "/a/b"],
  ["/", "/"],
  ["/**/edit", "/edit"],
  ["/**/edit", "/a/b/edit"],
  ["/a/**/b/**/c", "/a/b/x/b/y/c"],
  ["/files/*.json", "/files/a.b.json"],
  ["/a*b*c", "/aXbYbZc"],
  ["/a**z", "/a.z"],
  ["/*", "/*"],
])("%s matches %s", (pattern, path) => expect(matches(pattern, path)).toBe(true));

test.each([
  ["/v1/*", "/v1/a/b"],
  ["/v1/**", "/v10/a"],
  ["/v1", "/v1/a"],
  ["/files/*.json", "/files/a/b.json"],
  ["/**/edit", "/a/edit/b"],
  ["/a*b", "/ab/c"],
  ["", "/a"],
  ["/a?c", "/abc"],
  [`/${"a".repeat(2_000)}`, `/${"a".repeat(2_000)}`],
])("%s does not match %s", (pattern, path) => expect(matches(pattern, path)).toBe(false));

test("every path matches itself, under ** and with a segment as *", () => {
  const segment = fc.stringMatching(/^[a-z.%-]{1,8}$/);
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 8 }), fc.nat(7), (segments, at) => {
      const path = `/${segments.join("/")}`;
      const starred = segments.with(at % segments.length, "*");
      return (
        matches(path, path) &&
        matches(`/**${path}`, path) &&
        matches(`${path}/**`, path) &&
        matches(`/${starred.join("/")}`, path)
      );
    }),
  );
});

test("hostile patterns and paths of 16 KB take no time", () => {
  const patterns = ["/**/a".repeat(100), `/${"*a".repeat(400)}b`, `/${"**/".repeat(250)}b`];
  const paths = ["/a".repeat(8_000), `/${"a".repeat(16_000)}`];
  const startedAt = cpuNow();
  for (const pattern of patterns) for (const path of paths) matches(pattern, path);
  expect(cpuMsSince(startedAt)).toBeLessThan(500);
});

test("two hundred hostile globs are soon read for one path", () => {
  const globs = Array.from({ length: 200 }, () => globOf("/**/*a*a*a*a*a*a*a*a*a*b".repeat(12).slice(0, 300)));
  const paths = [
    `/${"a/".repeat(2_000)}${"a".repeat(2_000)}`,
    `/${"aaaaaaaaaab/".repeat(1_000)}${"ab".repeat(1_000)}c`,
  ];
  const startedAt = cpuNow();
  for (const path of paths) {
    const segments = segmentsOf(path);
    for (const glob of globs) matchesGlob(glob, segments);
  }
  expect(cpuMsSince(startedAt)).toBeLessThan(1_500);
});
