/** Labels of a run, by what GitHub Actions sets. */
import { expect, it } from "vitest";
import { headCommit, originOf } from "../../../cli/probe/origin.ts";

const PUSH = {
  GITHUB_REPOSITORY: "acme/shop",
  GITHUB_REF: "refs/heads/main",
  GITHUB_REF_NAME: "main",
  GITHUB_SHA: "0123abc",
  GITHUB_RUN_ID: "42",
  GITHUB_SERVER_URL: "https://github.example",
};

it("a push has its branch and its commit", () => {
  expect(originOf(PUSH, { service: "web", region: "west" })).toEqual({
    repository: "acme/shop",
    branch: "main",
    commit: "0123abc",
    region: "west",
    service: "web",
    run_url: "https://github.example/acme/shop/actions/runs/42",
  });
});

it("a pull request has its number, its own branch and its own commit, not those of the trial merge", () => {
  const pull = { ...PUSH, GITHUB_REF: "refs/pull/7/merge", GITHUB_REF_NAME: "7/merge", GITHUB_HEAD_REF: "fix" };
  const head = headCommit(JSON.stringify({ pull_request: { head: { sha: "fedcba9" } } }));
  expect(originOf(pull, { service: "web", head })).toMatchObject({ pull: 7, branch: "fix", commit: "fedcba9" });
});

it("outside of Actions there is the service alone, and nothing that does not fit its form", () => {
  expect(originOf({}, { service: "web" })).toEqual({ service: "web" });
  expect(originOf({ GITHUB_SHA: "x".repeat(65) }, { service: "web" })).toEqual({ service: "web" });
});

it("an event that is no pull request's has no head", () => {
  expect(["{}", "no JSON", '{"pull_request": null}', "[]"].map(headCommit)).toEqual(Array(4).fill(undefined));
});
