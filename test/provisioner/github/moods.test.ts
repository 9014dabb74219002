/** GitHub in its moods: limits, errors, silence, and permissions that are missing. Nothing is ever taken for an answer that is none. */
import { describe, expect, test } from "vitest";
import type { AppPermissions, LocalGitHub, LocalRepository } from "../../../infra/local/github/stand-in.ts";
import manifest from "../../../infra/provisioner/github/app-manifest.json" with { type: "json" };
import type { GitHub } from "../../../infra/provisioner/github/github.ts";
import { appClient, first, standIn, tokenClient, unavailability } from "./client.ts";

/** Everything the client can be asked, once. */
async function everything(gitHub: GitHub, shop: LocalRepository): Promise<void> {
  const repository = first(await gitHub.repositories());
  const pull = first(await gitHub.openPulls(repository));
  await gitHub.pull(repository, pull.number);
  const at = { fullName: shop.fullName(), sha: pull.head.sha };
  await gitHub.file(at, "README.md");
  await gitHub.mergeBase(repository, pull.base.sha, at);
  await gitHub.setStatus(at, { state: "pending", description: "#1: waits", targetUrl: null });
  await gitHub.previewUrl(at, null);
  await gitHub.checkConclusion(at, "images");
}

function busyShop(github: LocalGitHub): LocalRepository {
  const shop = github.repository("acme/shop", { private: true });
  const pull = shop.openPull({});
  pull.comment("/shadow retry");
  pull.label("shadow-keep");
  shop.deploy(pull.headSha(), { url: "https://a.preview.example" });
  return shop;
}

describe("limits", () => {
  test.each(["rate-limit", "secondary-limit"] as const)(
    "%s: we say for how long, and leave GitHub alone until then",
    async (kind) => {
      let now = 1_800_000_000_000;
      const github = await standIn({ now: () => now });
      const shop = github.repository("acme/shop");
      shop.openPull({});
      const gitHub = tokenClient(github, { ids: [shop.id], clock: () => now });
      const repository = first(await gitHub.repositories());
      github.fail({ kind, seconds: 90 });
      const before = github.calls.length;
      const error = await unavailability(gitHub.pull(repository, 1));
      expect(error.retryAfterMs).toBeGreaterThanOrEqual(90_000);
      expect(error.retryAfterMs).toBeLessThanOrEqual(92_000);
      expect(error.message).toContain("GitHub limits");
      github.fail(null);
      expect((await unavailability(gitHub.pull(repository, 1))).retryAfterMs).toBeGreaterThan(80_000);
      expect(github.calls.length - before).toBe(1);
      now += 92_000;
      expect(await gitHub.pull(repository, 1)).not.toBeNull();
    },
  );

  test("one installation's limit is not another's", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const blog = github.repository("umbrella/blog");
    shop.openPull({});
    blog.openPull({});
    const gitHub = appClient(github, { ids: [shop.id, blog.id] });
    const [one, other] = await gitHub.repositories();
    if (one === undefined || other === undefined) throw new Error("Two repositories are served.");
    github.fail({ kind: "secondary-limit", seconds: 60 });
    await unavailability(gitHub.pull(one, 1));
    github.fail(null);
    await unavailability(gitHub.pull(one, 1));
    expect(await gitHub.pull(other, 1)).not.toBeNull();
  });

  test("what has not changed is answered by 304, which costs nothing of the limit", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    shop.openPull({ title: "One" });
    const gitHub = tokenClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    const one = await gitHub.pull(repository, 1);
    const before = github.calls.length;
    expect(await gitHub.pull(repository, 1)).toEqual(one);
    expect(github.calls.slice(before).map(({ status }) => status)).toEqual([304, 304, 304, 304, 304]);
  });
});

describe("outages", () => {
  test.each([500, 502, 503] as const)("%d is tried again, and then said", async (status) => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    shop.openPull({});
    const gitHub = tokenClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    github.fail({ kind: "error", status });
    const before = github.calls.length;
    const { message, retryAfterMs } = await unavailability(gitHub.pull(repository, 1));
    expect(message).toContain(`Could not read pull request 1 of acme/shop: GitHub answered ${status}`);
    expect(retryAfterMs).toBeNull();
    expect(github.calls.length - before).toBe(3);
    github.fail(null);
    expect(await gitHub.pull(repository, 1)).not.toBeNull();
  });

  test("cut connections are said to be such", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const gitHub = tokenClient(github, { ids: [shop.id] });
    github.fail({ kind: "down" });
    expect((await unavailability(gitHub.repositories())).message).toContain("GitHub cannot be reached");
  });

  test("silence ends after the time limit", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    const gitHub = tokenClient(github, { ids: [shop.id], timeoutMs: 40 });
    github.fail({ kind: "slow", ms: 400 });
    const began = performance.now();
    expect((await unavailability(gitHub.repositories())).message).toContain("GitHub cannot be reached");
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("whatever is asked while GitHub fails is unknown, and never empty", async () => {
    const github = await standIn();
    const shop = busyShop(github);
    const gitHub = tokenClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    const at = { fullName: "acme/shop", sha: shop.head() };
    github.fail({ kind: "error", status: 502 });
    const asked = [
      gitHub.repositories(),
      gitHub.openPulls(repository),
      gitHub.pull(repository, 1),
      gitHub.file(at, "README.md"),
      gitHub.mergeBase(repository, at.sha, at),
      gitHub.previewUrl(at, null),
      gitHub.checkConclusion(at, "images"),
      gitHub.setStatus(at, { state: "pending", description: "x", targetUrl: null }),
    ];
    expect(await Promise.all(asked.map(unavailability))).toHaveLength(8);
  });

  test("an App that was taken off the repository sees nothing, which is not the same as nothing being there", async () => {
    const github = await standIn();
    const shop = busyShop(github);
    const gitHub = appClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    shop.install(false);
    await unavailability(gitHub.pull(repository, 1));
    await unavailability(gitHub.openPulls(repository));
    await unavailability(gitHub.file({ fullName: "acme/shop", sha: shop.head() }, "compose.yaml"));
    expect(await gitHub.repositories()).toEqual([]);
  });
});

describe("permissions", () => {
  const { default_permissions: granted } = manifest;
  // JSON's texts are wider than the two words.
  const permissions = granted as AppPermissions;

  test("those of the manifest are enough for everything", async () => {
    const github = await standIn({ permissions });
    const shop = busyShop(github);
    await everything(appClient(github, { ids: [shop.id] }), shop);
    expect(github.calls.filter(({ status }) => status >= 400)).toEqual([]);
  });

  test.each(Object.keys(granted).filter((name) => name !== "metadata"))(
    "without %s something is refused, and named",
    async (name) => {
      const { [name]: _, ...rest } = permissions;
      const github = await standIn({ permissions: rest });
      const shop = busyShop(github);
      const { message } = await unavailability(everything(appClient(github, { ids: [shop.id] }), shop));
      expect(message).toContain(`lacks the permission ${name}: `);
    },
  );

  test("a status cannot be set by who may only read", async () => {
    const github = await standIn({ permissions: { ...permissions, statuses: "read" } });
    const shop = busyShop(github);
    const { message } = await unavailability(everything(tokenClient(github, { ids: [shop.id] }), shop));
    expect(message).toContain("the token: it lacks the permission statuses: write");
  });
});
