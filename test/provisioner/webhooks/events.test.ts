/** Which deliveries wake what, line by line. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factsOf, type Interest, meaningOf } from "../../../infra/provisioner/webhooks/events.ts";
import { servedRepository } from "../service-stand.ts";

const REPOSITORY = { id: 7, default_branch: "main" };
const interest: Interest = {
  repositories: new Map([[7, servedRepository(7, { imageCheck: "images", baseBranches: ["release"] })]]),
  previews: true,
};
const pull = { repository: REPOSITORY, pull_request: { number: 12 } };
const comment = { repository: REPOSITORY, issue: { number: 12, pull_request: {} } };
const run = { name: "images", pull_requests: [{ number: 12 }, { number: 13 }] };

const PULL = [{ kind: "pull", repoId: 7, pr: 12 }];
const ALL_OF_IT = [{ kind: "repository", repoId: 7 }];
const EVERYTHING = [{ kind: "all" }];

const WAKING = [
  ...[
    "opened",
    "reopened",
    "synchronize",
    "closed",
    "labeled",
    "unlabeled",
    "converted_to_draft",
    "ready_for_review",
  ].map((action) => [`pull_request ${action}`, { ...pull, action }, PULL] as const),
  ["pull_request edited", { ...pull, action: "edited", changes: { base: { ref: { from: "main" } } } }, PULL],
  ["pull_request edited", { ...pull, action: "edited", changes: { title: { from: "Old" } } }, PULL],
  ["push", { repository: REPOSITORY, ref: "refs/heads/main" }, ALL_OF_IT],
  ["push", { repository: REPOSITORY, ref: "refs/heads/release" }, ALL_OF_IT],
  ["deployment_status", { repository: REPOSITORY, deployment_status: { state: "success" } }, ALL_OF_IT],
  ["issue_comment", { ...comment, action: "created", comment: { body: "/shadow retry" } }, PULL],
  ["issue_comment", { ...comment, action: "created", comment: { body: "/shadow approve-fork\r\nLooks fine" } }, PULL],
  ["check_run", { repository: REPOSITORY, action: "completed", check_run: run }, [...PULL, { ...PULL[0], pr: 13 }]],
  ["check_run", { repository: REPOSITORY, action: "completed", check_run: { name: "images" } }, ALL_OF_IT],
  [
    "workflow_run",
    { repository: REPOSITORY, action: "completed", workflow_run: run },
    [...PULL, { ...PULL[0], pr: 13 }],
  ],
  ["installation", { action: "created", installation: {} }, EVERYTHING],
  ["installation_repositories", { action: "added" }, EVERYTHING],
] as const;

test.each(WAKING)("%s wakes: %#", (named, payload, wakeUps) => {
  expect(meaningOf(named.split(" ", 1)[0] ?? "", payload, interest)).toEqual({ kind: "wake", wakeUps });
});

const IGNORED = [
  ["ping", { zen: "Keep it logically awesome." }, /set up/],
  ["pull_request", { ...pull, action: "assigned" }, /pull_request\.assigned/],
  ["pull_request", { ...pull, action: "edited", changes: { body: {} } }, /neither base nor title/],
  ["pull_request", { action: "opened", repository: { id: 8 }, pull_request: { number: 1 } }, /does not list.* 8/],
  ["pull_request", { action: "opened", repository: REPOSITORY }, /no pull request/],
  ["pull_request", { action: "opened", repository: { id: "7" } }, /form/],
  ["push", { repository: REPOSITORY, ref: "refs/heads/topic" }, /held against/],
  ["push", { repository: REPOSITORY, ref: "refs/tags/main" }, /no push to a branch/],
  ["deployment_status", { repository: REPOSITORY, deployment_status: { state: "pending" } }, /not finished/],
  ["issue_comment", { ...comment, action: "edited", comment: { body: "/shadow stop" } }, /edited/],
  ["issue_comment", { ...comment, action: "created", comment: { body: "Try /shadow stop" } }, /no \/shadow command/],
  ["issue_comment", { ...comment, action: "created", comment: { body: "/shadowy" } }, /no \/shadow command/],
  [
    "issue_comment",
    { repository: REPOSITORY, issue: { number: 3 }, action: "created", comment: { body: "/shadow stop" } },
    /not on a pull/,
  ],
  ["check_run", { repository: REPOSITORY, action: "completed", check_run: { name: "lint" } }, /pushes images/],
  ["star", { repository: REPOSITORY, action: "created" }, /star\.created/],
  ["no_such_event", {}, /no_such_event/],
] as const;

test.each(IGNORED)("%s is ignored, with the reason: %#", (event, payload, reason) => {
  const meaning = meaningOf(event, payload, interest);
  expect(meaning).toMatchObject({ kind: "ignored", reason: expect.stringMatching(reason) });
});

test("preview deployments wake only where they are used", () => {
  const payload = { repository: REPOSITORY, deployment_status: { state: "success" } };
  expect(meaningOf("deployment_status", payload, { ...interest, previews: false })).toMatchObject({ kind: "ignored" });
});

describe("whatever a payload is", () => {
  const events = fc.constantFrom("pull_request", "push", "issue_comment", "check_run", "installation", "constructor");
  const payloads = fc.oneof(
    fc.anything(),
    fc.record({ action: fc.anything(), repository: fc.anything(), pull_request: fc.anything(), ref: fc.anything() }),
    fc.record({
      action: fc.constant("created"),
      repository: fc.constant(REPOSITORY),
      issue: fc.anything(),
      comment: fc.anything(),
    }),
  );

  test("it has a meaning and facts, and never an exception", () => {
    fc.assert(
      fc.property(events, payloads, (event, payload) => {
        expect(["wake", "ignored"]).toContain(meaningOf(event, payload, interest).kind);
        expect(factsOf(payload)).toBeDefined();
      }),
    );
  });
});
