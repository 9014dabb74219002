/** Pull requests read from GitHub: what stands on them, who may order, and what of it is read again. */
import { describe, expect, test } from "vitest";
import type { LocalGitHub } from "../../../infra/local/github/stand-in.ts";
import { appClient, first, standIn, tokenClient, unavailability } from "./client.ts";

/** A clock that moves only when told. GitHub's times are whole seconds. */
function handClock() {
  let now = 1_800_000_000_000;
  return { now: () => now, pass: (ms: number) => (now += ms) };
}

async function shopWith(clock = handClock()) {
  const github = await standIn({ now: clock.now });
  const shop = github.repository("acme/shop");
  const gitHub = tokenClient(github, { ids: [shop.id], clock: clock.now });
  const repository = first(await gitHub.repositories());
  return { clock, github, shop, gitHub, repository };
}

function callsTo(github: LocalGitHub, route: RegExp): number {
  return github.calls.filter((call) => route.test(call.route ?? "")).length;
}

describe("one pull request", () => {
  test("is told with title, author, both commits, state and times", async () => {
    const { clock, shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({
      title: "Blue buttons",
      branch: "blue",
      author: "maria",
      draft: true,
      labels: ["design"],
    });
    const opened = clock.now();
    clock.pass(5_000);
    pull.edit({ title: "Bluer buttons" });
    expect(await gitHub.pull(repository, pull.number)).toEqual({
      repository,
      number: 1,
      title: "Bluer buttons",
      url: expect.stringContaining("/acme/shop/pull/1"),
      state: "open",
      draft: true,
      author: "maria",
      head: { sha: pull.headSha(), ref: "blue", repository: { id: shop.id, fullName: "acme/shop" } },
      base: { sha: shop.head(), ref: "main" },
      labels: ["design"],
      labelled: [],
      commands: [],
      announcedAt: null,
      rewrittenAt: null,
      reopenedAt: null,
      createdAt: opened,
      updatedAt: opened + 5_000,
    });
  });

  test.each([
    ["main", [], undefined],
    ["wip", [], "main"],
    ["release", ["release"], undefined],
  ] as const)("made to %s, where the operator lists %o, is judged by %s", async (base, baseBranches, ref) => {
    const github = await standIn();
    const shop = github.repository("acme/shop");
    if (base !== "main") shop.push({ branch: base, files: { "a.txt": base } });
    const gitHub = tokenClient(github, { ids: [shop.id], allowed: { baseBranches } });
    const pull = await gitHub.pull(first(await gitHub.repositories()), shop.openPull({ base }).number);
    expect(pull?.judgedBy).toEqual(ref === undefined ? undefined : { ref, sha: shop.head() });
  });

  test("that is not there is null, and so is nothing else: a hidden repository makes it unknown", async () => {
    const { shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({});
    expect(await gitHub.pull(repository, 99)).toBeNull();
    shop.remove();
    const { message } = await unavailability(gitHub.pull(repository, pull.number));
    expect(message).toContain("acme/shop");
  });

  test("commands are comments that begin with /shadow, oldest first, each with its author's permission", async () => {
    const { shop, gitHub, repository } = await shopWith();
    shop.setPermission("maintainer", "maintain");
    shop.setPermission("writer", "write");
    shop.setPermission("triager", "triage");
    const pull = shop.openPull({});
    pull.comment("Looks good. /shadow stop");
    pull.comment("/shadow retry\r\nplease", "acme");
    pull.comment("/shadowy business", "writer");
    pull.comment("  /shadow stop  ", "maintainer");
    pull.comment("/shadow approve-fork", "writer");
    pull.comment("/shadow approve-fork", "triager");
    pull.comment("/shadow approve-fork", "stranger");
    const commands = (await gitHub.pull(repository, pull.number))?.commands ?? [];
    expect(commands.map(({ text, by, canWrite }) => [text, by, canWrite])).toEqual([
      ["/shadow retry", "acme", true],
      ["/shadow stop", "maintainer", true],
      ["/shadow approve-fork", "writer", true],
      ["/shadow approve-fork", "triager", false],
      ["/shadow approve-fork", "stranger", false],
    ]);
  });

  test("an old comment that is edited into a command keeps the time of its first writing", async () => {
    const { clock, shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({});
    const written = clock.now();
    const id = pull.comment("Hello");
    clock.pass(60_000);
    pull.editComment(id, "/shadow approve-fork");
    const commands = (await gitHub.pull(repository, pull.number))?.commands;
    expect(commands).toEqual([{ id, by: "acme", canWrite: true, at: written, text: "/shadow approve-fork" }]);
  });

  test("a label says who put it there last and when; one that was taken off says nothing", async () => {
    const { clock, shop, gitHub, repository } = await shopWith();
    shop.setPermission("writer", "write");
    const pull = shop.openPull({});
    pull.label("shadow-approved", "stranger");
    pull.unlabel("shadow-approved", "acme");
    clock.pass(7_000);
    pull.label("shadow-approved", "writer");
    pull.label("shadow-keep", "triager");
    pull.label("design", "acme");
    pull.label("shadow-off", "acme");
    pull.unlabel("shadow-off", "acme");
    expect((await gitHub.pull(repository, pull.number))?.labelled).toEqual([
      { name: "shadow-approved", by: "writer", at: clock.now(), canWrite: true },
      { name: "shadow-keep", by: "triager", at: clock.now(), canWrite: false },
    ]);
  });

  test("a force-push, a reopening and readiness leave their times", async () => {
    const { clock, shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({ draft: true });
    pull.push({ "a.txt": "a" });
    expect((await gitHub.pull(repository, pull.number))?.rewrittenAt).toBeNull();
    clock.pass(1_000);
    pull.push({ "a.txt": "b" }, { force: true });
    const rewritten = clock.now();
    clock.pass(1_000);
    pull.close();
    expect(await gitHub.pull(repository, pull.number)).toMatchObject({ state: "closed", reopenedAt: null });
    pull.reopen();
    const reopened = clock.now();
    expect(await gitHub.pull(repository, pull.number)).toMatchObject({ rewrittenAt: rewritten, reopenedAt: reopened });
    clock.pass(1_000);
    pull.draft(false);
    expect(await gitHub.pull(repository, pull.number)).toMatchObject({ state: "open", reopenedAt: reopened + 1_000 });
  });

  test("who loses the right to write loses it here within a minute", async () => {
    const { clock, shop, gitHub, repository } = await shopWith();
    shop.setPermission("writer", "write");
    const pull = shop.openPull({});
    pull.comment("/shadow stop", "writer");
    const canWrite = async () => (await gitHub.pull(repository, pull.number))?.commands[0]?.canWrite;
    expect(await canWrite()).toBe(true);
    shop.setPermission("writer", "read");
    expect(await canWrite()).toBe(true);
    clock.pass(60_000);
    expect(await canWrite()).toBe(false);
  });

  test("a name that another repository took over is nobody's pull request", async () => {
    const { github, shop, gitHub, repository } = await shopWith();
    shop.openPull({});
    shop.rename("acme/store");
    github.repository("acme/shop").openPull({ title: "Not ours" });
    expect((await unavailability(gitHub.pull(repository, 1))).message).toContain("another repository");
    expect((await unavailability(gitHub.openPulls(repository))).message).toContain("another repository");
  });

  test("a renamed repository is followed", async () => {
    const { shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({ title: "Followed" });
    shop.rename("acme/store");
    expect((await gitHub.pull(repository, pull.number))?.title).toBe("Followed");
    await gitHub.setStatus(
      { fullName: repository.fullName, sha: pull.headSha() },
      { state: "pending", description: "#1: waits", targetUrl: null },
    );
    expect(shop.statuses(pull.headSha())).toHaveLength(1);
  });

  test("the base is where its branch stands now, though GitHub says it later; a branch that is gone leaves what GitHub says", async () => {
    const { shop, gitHub, repository } = await shopWith();
    const opened = shop.push({ branch: "release/2", files: { "r.txt": "r" } });
    const pull = shop.openPull({ base: "release/2" });
    const baseOf = async () => (await gitHub.pull(repository, pull.number))?.base;
    expect(await baseOf()).toEqual({ sha: opened, ref: "release/2" });
    const moved = shop.push({ branch: "release/2", files: { ".shadow-infra.yml": "version: 1\n" } });
    expect(await baseOf()).toEqual({ sha: moved, ref: "release/2" });
    expect(first(await gitHub.openPulls(repository)).base.sha).toBe(moved);
    shop.deleteBranch("release/2");
    expect(await baseOf()).toEqual({ sha: opened, ref: "release/2" });
  });

  test("a fork that is gone is null, and one that is there has its own name and id", async () => {
    const { shop, gitHub, repository } = await shopWith();
    const fork = shop.fork("stranger/shop");
    const pull = shop.openPull({ from: fork });
    expect((await gitHub.pull(repository, pull.number))?.head.repository).toEqual({
      id: fork.id,
      fullName: "stranger/shop",
    });
    fork.remove();
    expect((await gitHub.pull(repository, pull.number))?.head.repository).toBeNull();
  });
});

describe("all open pull requests", () => {
  test("more than a page come, closed ones do not come, and the second time little is asked", async () => {
    const { clock, github, shop, gitHub, repository } = await shopWith();
    const pulls = Array.from({ length: 120 }, () => shop.openPull({}));
    pulls[7]?.close();
    pulls[8]?.comment("/shadow stop");
    clock.pass(120_000);
    const open = await gitHub.openPulls(repository);
    expect(open).toHaveLength(119);
    expect(open.find(({ number }) => number === 9)?.commands).toHaveLength(1);
    expect(callsTo(github, /\/pulls$/)).toBe(2);

    const before = callsTo(github, /comments$|events$/);
    await gitHub.openPulls(repository);
    expect(callsTo(github, /comments$|events$/)).toBe(before);
    clock.pass(120_000);
    pulls[9]?.comment("/shadow retry");
    clock.pass(120_000);
    const again = await gitHub.openPulls(repository);
    expect(again.find(({ number }) => number === 10)?.commands).toHaveLength(1);
    expect(callsTo(github, /comments$|events$/)).toBe(before + 2);
  });

  test("what was read within a minute of a change is read again: more may have happened in that second", async () => {
    const { shop, gitHub, repository } = await shopWith();
    const pull = shop.openPull({});
    pull.comment("/shadow stop");
    expect(first(await gitHub.openPulls(repository)).commands).toHaveLength(1);
    pull.comment("/shadow retry");
    expect(first(await gitHub.openPulls(repository)).commands).toHaveLength(2);
  });

  test("of an App are read with its installation's token", async () => {
    const github = await standIn();
    const shop = github.repository("acme/shop", { private: true });
    shop.openPull({ title: "Hidden" });
    const gitHub = appClient(github, { ids: [shop.id] });
    const repository = first(await gitHub.repositories());
    expect(first(await gitHub.openPulls(repository)).title).toBe("Hidden");
    expect(github.calls.every(({ as }) => as === "app" || as === "installation")).toBe(true);
  });
});
