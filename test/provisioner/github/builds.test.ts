/** What others built of a commit: previews, checks, and where it parted from its base. */
import { describe, expect, test } from "vitest";
import { first, standIn, tokenClient, unavailability } from "./client.ts";

async function shopWithPull() {
  const github = await standIn();
  const shop = github.repository("acme/shop");
  const gitHub = tokenClient(github, { ids: [shop.id] });
  const repository = first(await gitHub.repositories());
  const pull = shop.openPull({});
  return { github, shop, gitHub, repository, pull, at: { fullName: "acme/shop", sha: pull.headSha() } };
}

describe("the preview", () => {
  test("is the newest successful deployment of this commit, in this environment", async () => {
    const { shop, gitHub, at } = await shopWithPull();
    expect(await gitHub.previewUrl(at, null)).toBeNull();
    shop.deploy(at.sha, { url: "https://a.preview.example", environment: "Preview" });
    shop.deploy(at.sha, { url: "https://docs.preview.example", environment: "Docs" });
    shop.deploy(at.sha, { url: "https://failed.preview.example", environment: "Preview", state: "failure" });
    shop.deploy(at.sha, { url: null, environment: "Preview" });
    shop.deploy(shop.head(), { url: "https://main.preview.example", environment: "Preview" });
    expect(await gitHub.previewUrl(at, null)).toBe("https://docs.preview.example");
    expect(await gitHub.previewUrl(at, "Preview")).toBe("https://a.preview.example");
    expect(await gitHub.previewUrl(at, "Staging")).toBeNull();
  });
});

describe("a check", () => {
  test.each([
    [null, "pending"],
    ["success", "success"],
    ["neutral", "success"],
    ["failure", "failure"],
    ["cancelled", "failure"],
    ["timed_out", "failure"],
    ["skipped", "failure"],
  ] as const)("that ended with %s counts as %s", async (conclusion, expected) => {
    const { shop, gitHub, at } = await shopWithPull();
    shop.check(at.sha, { name: "images", conclusion });
    shop.check(at.sha, { name: "lint", conclusion: "success" });
    expect(await gitHub.checkConclusion(at, "images")).toBe(expected);
    expect(await gitHub.checkConclusion(at, "other")).toBeNull();
  });

  test("may also be a commit status of that context", async () => {
    const { github, gitHub, at } = await shopWithPull();
    const post = (state: string) =>
      fetch(`${github.origin}/repos/acme/shop/statuses/${at.sha}`, {
        method: "POST",
        headers: { authorization: `token ${github.token}` },
        body: JSON.stringify({ state, context: "ci/images" }),
      });
    await post("pending");
    expect(await gitHub.checkConclusion(at, "ci/images")).toBe("pending");
    await post("error");
    expect(await gitHub.checkConclusion(at, "ci/images")).toBe("failure");
    await post("success");
    expect(await gitHub.checkConclusion(at, "ci/images")).toBe("success");
  });
});

describe("a workflow", () => {
  test("counts by its newest run, where neither a check nor a status has that name", async () => {
    const { shop, gitHub, at } = await shopWithPull();
    shop.workflow(shop.head(), { name: "Build images", conclusion: "success" });
    expect(await gitHub.checkConclusion(at, "Build images")).toBeNull();
    shop.workflow(at.sha, { name: "Build images", conclusion: "failure" });
    shop.workflow(at.sha, { name: "Lint", conclusion: "success" });
    expect(await gitHub.checkConclusion(at, "Build images")).toBe("failure");
    shop.workflow(at.sha, { name: "Build images", conclusion: null });
    expect(await gitHub.checkConclusion(at, "Build images")).toBe("pending");
    shop.workflow(at.sha, { name: "Build images", conclusion: "success" });
    expect(await gitHub.checkConclusion(at, "Build images")).toBe("success");
    shop.check(at.sha, { name: "Build images", conclusion: "failure" });
    expect(await gitHub.checkConclusion(at, "Build images")).toBe("failure");
  });
});

describe("the merge base", () => {
  test("stays where the pull request parted, while its base goes on; also of a fork", async () => {
    const { github, shop, gitHub, repository, pull, at } = await shopWithPull();
    const parted = pull.baseSha();
    const fork = shop.fork("stranger/shop");
    const fromFork = shop.openPull({ from: fork });
    const next = shop.push({ files: { "b.txt": "b" } });
    expect(await gitHub.mergeBase(repository, next, at)).toBe(parted);
    const head = { fullName: "stranger/shop", sha: fromFork.headSha() };
    expect(await gitHub.mergeBase(repository, next, head)).toBe(parted);
    const before = github.calls.length;
    expect(await gitHub.mergeBase(repository, next, at)).toBe(parted);
    expect(github.calls).toHaveLength(before);
  });

  test("of commits that have nothing in common is unknown", async () => {
    const { gitHub, repository, at } = await shopWithPull();
    const { message } = await unavailability(gitHub.mergeBase(repository, "1".repeat(40), at));
    expect(message).toContain("Could not compare 111111111111");
  });
});
