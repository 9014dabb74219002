/** Waiting for the pipeline's image: until it is there, until the build has failed, or until time is up. */
import { describe, expect, test } from "vitest";
import { type AwaitedImage, createAwaitImage, type ImageQuestion } from "../../../infra/provisioner/images/await.ts";
import type { ImageStanding } from "../../../infra/provisioner/images/registry.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const IMAGE = { registry: "ghcr.io", repository: "acme/web", tag: "0123456", digest: null };
const LIMIT_MS = 15 * 60_000;

const ABSENT: ImageStanding = { kind: "absent" };
const DENIED: ImageStanding = { kind: "denied", words: "ghcr.io answers 403." };

/** A registry and a check that stand still. */
function awaiting(standing: ImageStanding, conclusion: "pending" | "success" | "failure" | null = null) {
  return createAwaitImage({
    registry: { standing: async () => standing },
    github: { checkConclusion: async () => conclusion },
    limitMs: LIMIT_MS,
  });
}

function question(more: Partial<ImageQuestion> = {}): ImageQuestion {
  return {
    image: IMAGE,
    commit: { fullName: "acme/web", sha: SHA },
    check: null,
    waitedMs: 0,
    runs: async () => null,
    ...more,
  };
}

test("an image that is there is run by its digest, also when its tag moves later", async () => {
  let standing: ImageStanding = { kind: "there", digest: DIGEST };
  const awaitImage = createAwaitImage({
    registry: { standing: async () => standing },
    github: { checkConclusion: async () => null },
    limitMs: LIMIT_MS,
  });
  const there: AwaitedImage = { kind: "there", image: `ghcr.io/acme/web@${DIGEST}` };
  expect(await awaitImage(question())).toEqual(there);
  standing = { kind: "there", digest: `sha256:${"cd".repeat(32)}` };
  expect(await awaitImage(question())).toEqual(there);
});

test("what a stack of this commit runs is run on by whoever starts anew, wherever its tag points and nobody else is asked", async () => {
  const running = `sha256:${"cd".repeat(32)}`;
  let asked = 0;
  const awaitImage = createAwaitImage({
    registry: {
      standing: async () => {
        asked += 1;
        return { kind: "there", digest: DIGEST };
      },
    },
    github: { checkConclusion: async () => null },
    limitMs: LIMIT_MS,
  });
  const there: AwaitedImage = { kind: "there", image: `ghcr.io/acme/web@${running}` };
  expect(await awaitImage(question({ runs: async () => `ghcr.io/acme/web@${running}` }))).toEqual(there);
  expect(await awaitImage(question())).toEqual(there);
  expect(asked).toBe(0);
});

test.each(["ghcr.io/acme/other@sha256:" + "cd".repeat(32), "ghcr.io/acme/web:0123456", "no image"])(
  "another image, one by its tag and no image pin nothing: %s",
  async (runs) => {
    const awaitImage = awaiting({ kind: "there", digest: DIGEST });
    expect(await awaitImage(question({ runs: async () => runs }))).toEqual({
      kind: "there",
      image: `ghcr.io/acme/web@${DIGEST}`,
    });
  },
);

interface Case {
  readonly what: string;
  readonly standing?: ImageStanding;
  readonly conclusion?: "pending" | "success" | "failure";
  readonly more?: Partial<ImageQuestion>;
  readonly expected: object;
  readonly words: RegExp;
}

const LATE = { waitedMs: LIMIT_MS };
const CHECK = { check: "build" };

describe("one that is not there", () => {
  test.each<Case>([
    { what: "is waited for", expected: { kind: "waiting" }, words: /15 minutes more/ },
    { what: "to the end", more: { waitedMs: LIMIT_MS - 1 }, expected: { kind: "waiting" }, words: /1 minute more/ },
    {
      what: "and no longer",
      more: LATE,
      expected: { kind: "failed", code: "image-missing" },
      words: /acme\/web:0123456/,
    },
    {
      what: "while its check runs",
      conclusion: "pending",
      more: CHECK,
      expected: { kind: "waiting" },
      words: /the check "build"/,
    },
    {
      what: "also right after its check",
      conclusion: "success",
      more: CHECK,
      expected: { kind: "waiting" },
      words: /./,
    },
    {
      what: "not after a failed check",
      conclusion: "failure",
      more: CHECK,
      expected: { kind: "failed", code: "image-build-failed" },
      words: /failed for 0123456/,
    },
    { what: "while the registry hides it", standing: DENIED, expected: { kind: "waiting" }, words: /403/ },
    {
      what: "and then says so",
      standing: DENIED,
      more: LATE,
      expected: { kind: "failed", code: "image-denied" },
      words: /credentials/,
    },
  ])("$what", async ({ standing = ABSENT, conclusion = null, more, expected, words }) => {
    const answer = await awaiting(standing, conclusion)(question(more));
    expect(answer).toMatchObject({ ...expected, words: expect.stringMatching(words) });
  });
});

test("what a check pushed is run by its name where the registry shows it to the cluster alone", async () => {
  expect(await awaiting(DENIED, "success")(question({ check: "build" }))).toEqual({
    kind: "there",
    image: "ghcr.io/acme/web:0123456",
  });
});
