/** Our commit statuses: cut, not repeated, and the first of a pull request remembered. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shortened } from "../../../infra/provisioner/github/statuses.ts";
import { first, standIn, tokenClient, unavailability } from "./client.ts";

async function pullOfShop() {
  let now = 1_800_000_000_000;
  const github = await standIn({ now: () => now });
  const shop = github.repository("acme/shop");
  const pull = shop.openPull({});
  const makeClient = () => tokenClient(github, { ids: [shop.id], clock: () => now });
  const gitHub = makeClient();
  const repository = first(await gitHub.repositories());
  const at = { fullName: "acme/shop", sha: pull.headSha() };
  return { github, shop, pull, gitHub, makeClient, repository, at, now: () => now, pass: (ms: number) => (now += ms) };
}

describe("setting a status", () => {
  test("says what, about which pull request, and where to read more", async () => {
    const { shop, gitHub, at, now } = await pullOfShop();
    await gitHub.setStatus(at, { state: "pending", description: "#1: builds", targetUrl: "https://pages.example/1" });
    expect(shop.statuses(at.sha)).toMatchObject([
      {
        context: "shadow-infra",
        state: "pending",
        description: "#1: builds",
        targetUrl: "https://pages.example/1",
        at: now(),
      },
    ]);
  });

  test("the same again is not sent, also after a restart; a change is", async () => {
    const { shop, gitHub, makeClient, at } = await pullOfShop();
    const status = { state: "pending", description: "#1: builds", targetUrl: null } as const;
    await gitHub.setStatus(at, status);
    await gitHub.setStatus(at, status);
    await makeClient().setStatus(at, status);
    expect(shop.statuses(at.sha)).toHaveLength(1);
    await gitHub.setStatus(at, { ...status, state: "success" });
    await gitHub.setStatus(at, { ...status, state: "success", targetUrl: "https://pages.example/1" });
    await gitHub.setStatus(at, status);
    expect(shop.statuses(at.sha).map(({ state }) => state)).toEqual(["pending", "success", "success", "pending"]);
  });

  test("two pull requests of one commit do not make each other repeat themselves", async () => {
    const { shop, gitHub, at } = await pullOfShop();
    const one = { state: "success", description: "#1: runs", targetUrl: null } as const;
    const two = { state: "pending", description: "#2: waits", targetUrl: null } as const;
    for (const status of [one, two, one, two]) await gitHub.setStatus(at, status);
    expect(shop.statuses(at.sha)).toHaveLength(2);
  });

  test("long words reach GitHub cut", async () => {
    const { shop, gitHub, at } = await pullOfShop();
    const status = { state: "failure", description: `#1: ${"image ".repeat(60)}`, targetUrl: null } as const;
    await gitHub.setStatus(at, status);
    await gitHub.setStatus(at, status);
    expect(shop.statuses(at.sha)).toHaveLength(1);
    expect(shop.statuses(at.sha)[0]?.description?.endsWith("image…")).toBe(true);
  });

  test("of a commit that is not there is refused in words", async () => {
    const { gitHub } = await pullOfShop();
    const at = { fullName: "acme/shop", sha: "0".repeat(40) };
    const { message } = await unavailability(
      gitHub.setStatus(at, { state: "error", description: "x", targetUrl: null }),
    );
    expect(message).toContain("No commit found");
  });
});

describe("the announcement", () => {
  test("is the first status that names the pull request, whatever came after", async () => {
    const { gitHub, repository, at, now, pass } = await pullOfShop();
    const announcedAt = async () => (await gitHub.pull(repository, 1))?.announcedAt;
    expect(await announcedAt()).toBeNull();
    await gitHub.setStatus(at, { state: "pending", description: "#2: is another's", targetUrl: null });
    expect(await announcedAt()).toBeNull();
    pass(10_000);
    const announced = now();
    await gitHub.setStatus(at, { state: "pending", description: "#1: prepares", targetUrl: null });
    pass(10_000);
    await gitHub.setStatus(at, { state: "success", description: "#1: runs", targetUrl: null });
    expect(await announcedAt()).toBe(announced);
  });

  test("of a new head is its own", async () => {
    const { pull, gitHub, repository, at } = await pullOfShop();
    await gitHub.setStatus(at, { state: "pending", description: "#1: prepares", targetUrl: null });
    pull.push({ "a.txt": "a" });
    expect((await gitHub.pull(repository, 1))?.announcedAt).toBeNull();
  });

  test("is in the list as soon as it was made, and is asked for no more", async () => {
    const { github, gitHub, repository, at, pass } = await pullOfShop();
    pass(120_000);
    const inList = async () => first(await gitHub.openPulls(repository)).announcedAt;
    expect(await inList()).toBeNull();
    await gitHub.setStatus(at, { state: "pending", description: "#1: prepares", targetUrl: null });
    expect(await inList()).not.toBeNull();
    const asked = () => github.calls.filter(({ route }) => route?.endsWith("/statuses")).length;
    const before = asked();
    await inList();
    expect(asked()).toBe(before);
  });
});

/** Letters, words, spaces, and characters of two code units. */
const PIECE = fc.constantFrom("a", "image ", " ", "é", "\u{1F600}", "x".repeat(30), "\n");

describe("words that are too long", () => {
  test("never pass 140, end at a word where there is one, and stay whole characters", () => {
    fc.assert(
      fc.property(
        fc.array(PIECE, { maxLength: 120 }).map((pieces) => pieces.join("")),
        (words) => {
          const short = shortened(words);
          if (words.length <= 140) return short === words;
          const kept = short.slice(0, -1);
          return short.length <= 140 && short.endsWith("…") && words.startsWith(kept) && kept.isWellFormed();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("are cut between words", () => {
    expect(shortened(`${"a".repeat(100)} ${"b".repeat(60)}`)).toBe(`${"a".repeat(100)}…`);
    expect(shortened("c".repeat(200))).toBe(`${"c".repeat(139)}…`);
    expect(shortened(`${"a".repeat(139)} b`)).toBe(`${"a".repeat(139)}…`);
  });
});
