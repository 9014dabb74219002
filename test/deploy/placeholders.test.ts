/** Placeholders are found by name, and an operator's own values are not taken for one. */
import { expect, test } from "vitest";
import { findPlaceholders } from "../../cli/deploy/placeholders.ts";
import { arranged, projectFiles, put } from "./project-files.ts";

test("the files as they come name every placeholder with its file and key", () => {
  expect(
    findPlaceholders(arranged(projectFiles()).production).map(({ file, key, value }) => [file, key, value]),
  ).toEqual([
    ["workers/report/wrangler.toml", "database_id of DB", "00000000-0000-0000-0000-000000000002"],
    ["workers/compare/wrangler.toml", "database_id of DB", "00000000-0000-0000-0000-000000000002"],
    ["wrangler.toml", "pattern of routes", "shop.example.com/*"],
    ["wrangler.toml", "zone_name of routes", "example.com"],
  ]);
});

test.each(["example.com/*", "*.example.org/v1/*", "shop.test/*", "a.b.invalid", "shop.example.net:8443/*"])(
  "the pattern %s is a placeholder",
  (pattern) => {
    expect(patternsFound(pattern)).toEqual([pattern]);
  },
);

test.each(["shop.acme.dev/*", "example.com.au/*", "myexample.com/*", "contest.io/*", "shop.acme.dev/example.com/*"])(
  "the pattern %s is none",
  (pattern) => {
    expect(patternsFound(pattern)).toEqual([]);
  },
);

function patternsFound(pattern: string): readonly string[] {
  const files = projectFiles();
  put(files.tee, "env.staging.routes.0.pattern", pattern);
  return findPlaceholders(arranged(files).staging)
    .filter(({ key }) => key === "pattern of routes")
    .map(({ value }) => value);
}
