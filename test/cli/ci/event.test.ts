/** GitHub's events, as far as they say what a change is. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { baseOf } from "../../../cli/ci/base.ts";
import { readEvent } from "../../../cli/ci/event.ts";

const folder = mkdtempSync(join(tmpdir(), "event-"));
afterAll(() => rmSync(folder, { recursive: true }));

const sha = (digit: string): string => digit.repeat(40);

function started(name: string, text: string): Record<string, string> {
  const path = join(folder, "event.json");
  writeFileSync(path, text);
  return { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path };
}

const NOTHING = { base: null, head: null, pull: null, isNewBranch: false };

test.each([
  [
    "pull_request",
    { number: 7, pull_request: { number: 7, base: { sha: sha("a") }, head: { sha: sha("b") } }, before: sha("c") },
    { base: sha("a"), head: sha("b"), pull: 7 },
  ],
  ["pull_request", { pull_request: { number: 7 } }, { pull: 7 }],
  ["push", { before: sha("a"), after: sha("b") }, { base: sha("a"), head: sha("b") }],
  ["push", { before: sha("0"), after: sha("b") }, { head: sha("b"), isNewBranch: true }],
  ["push", { before: sha("a"), after: sha("0") }, { base: sha("a") }],
  [
    "merge_group",
    {
      merge_group: {
        base_sha: sha("a"),
        head_sha: sha("b"),
        head_ref: `refs/heads/gh-readonly-queue/release/2/pr-12-${sha("d")}`,
      },
    },
    { base: sha("a"), head: sha("b"), pull: 12 },
  ],
  ["merge_group", { merge_group: { base_sha: sha("a"), head_ref: "refs/heads/pr-12-abc" } }, { base: sha("a") }],
  ["workflow_dispatch", { inputs: { before: sha("a") }, ref: "refs/heads/main" }, {}],
  ["schedule", {}, {}],
  ["push", { before: null, after: 7 }, {}],
  ["pull_request", { pull_request: "7", merge_group: [], before: {} }, {}],
])("of %s: %j", (name, json, said) => {
  expect(readEvent(started(name, JSON.stringify(json)))).toEqual({ ...NOTHING, name, ...said });
});

test.each(["", "{", "null", "7", "[]", '"text"'])("none where the file says %j", (text) => {
  const env = started("push", text);
  expect(readEvent(env)).toEqual({ missing: "unreadable", path: env["GITHUB_EVENT_PATH"] });
  expect(baseOf(env)).toEqual({ none: expect.stringContaining("is no event of GitHub") });
});

test("none outside of GitHub, and where the file is gone", () => {
  expect(readEvent({})).toEqual({ missing: "none", path: "" });
  expect(readEvent({ GITHUB_EVENT_NAME: "push", GITHUB_EVENT_PATH: "" })).toMatchObject({ missing: "none" });
  expect(readEvent({ GITHUB_EVENT_PATH: folder })).toMatchObject({ missing: "unreadable" });
  expect(readEvent({ GITHUB_EVENT_PATH: join(folder, "no.json") })).toMatchObject({ missing: "unreadable" });
});
