/**
 * Pull requests from webhook to nothing left, with stacks on a real container engine, named by DOCKER_HOST: what the driver's tests do
 * not see, because it takes GitHub, the loop, the report and real traffic together.
 */
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { send, signed } from "../scenario/delivery.ts";
import {
  deploymentOf,
  eventually,
  firstMirrored,
  idOf,
  type Place,
  stackOf,
  stateOf,
  statusOf,
} from "../scenario/look.ts";
import { versionsCounted } from "../scenario/pairs.ts";
import { newSha, type Team, type Version } from "../scenario/repositories.ts";
import { engineAtHand, whyNot } from "./at-hand.ts";
import { files, leftOf, startWorld, type World } from "./scenario/world.ts";

const atHand = await engineAtHand();
const title =
  atHand === null
    ? `SKIPPED, nothing of this was tried: ${await whyNot()}. Pull requests on a real engine`
    : "pull requests on a real engine, from webhook to nothing left";

/** From closing a pull request to the last request that is mirrored, and until nothing of the stack is left. */
const MIRRORING_ENDS_MS = 10_000;
const GONE_MS = 60_000;

describe.skipIf(atHand === null)(title, () => {
  const took: { readonly what: string; readonly seconds: number }[] = [];
  let world: World;
  /** Opened first; later tests push to them, and the last ones close them. */
  let first: Place;
  let second: Place;
  let other: Place;

  beforeAll(async () => {
    world = await startWorld(atHand?.environment ?? {});
  }, 180_000);

  afterAll(async () => {
    const rows = took.map(({ what, seconds }) => `  ${what.padEnd(52)} ${seconds.toFixed(1).padStart(6)}`);
    console.info(["seconds on the engine:", ...rows].join("\n"));
    await world.close();
  }, 180_000);

  function note(what: string, ms: number): number {
    took.push({ what, seconds: ms / 1_000 });
    return ms;
  }

  async function opened(team: Team, version: Version, options: Parameters<Team["open"]>[1] = {}): Promise<Place> {
    return { team, pull: await team.open(version, options) };
  }

  /** Every answer that was counted for this commit is this commit's own; an app may be too busy to give one. */
  async function expectOwnAnswers(id: string, version: Version): Promise<void> {
    const versions = await versionsCounted(world, id);
    expect(versions.filter((one) => /^\d$/.test(one))).toEqual([version]);
  }

  test("an opened pull request gets traffic, pairs and a report that shows it", async () => {
    const { shop } = world.teams;
    const begun = Date.now();
    first = await opened(shop, "1", { title: "Round prices", branch: "round-prices" });
    const { at, host } = await firstMirrored(world, first);
    note("opened to first mirrored request", at - begun);
    expect(host).toBe(world.workers.productionHost);
    const id = idOf(first);
    const image = expect.stringContaining("/acme/shop@sha256:");
    expect(await deploymentOf(world, id)).toMatchObject({
      id,
      repository: { id: shop.repository.id, fullName: "acme/shop" },
      pull: { number: first.pull.number, title: "Round prices", branch: "round-prices" },
      headSha: first.pull.headSha(),
      hosts: [shop.host],
      state: "ready",
      stateReason: null,
      stack: {
        driver: "docker",
        // By digest, never by a tag that may move.
        services: [
          { name: "db", state: "ready", image },
          { name: "web", state: "ready", image },
        ],
      },
    });
    await expectOwnAnswers(id, "1");
    expect(statusOf(first)).toMatchObject({ context: "shadow-infra", state: "success" });
  });

  describe("side by side", { concurrent: true }, () => {
    test("two pull requests and two repositories at once do not touch each other", async () => {
      const { shop, cafe } = world.teams;
      [second, other] = await Promise.all([opened(shop, "2"), opened(cafe, "3")]);
      await Promise.all([firstMirrored(world, second), firstMirrored(world, other)]);
      await Promise.all([expectOwnAnswers(idOf(second), "2"), expectOwnAnswers(idOf(other), "3")]);
      // Each client has the host it asks in its path.
      const hosts = (place: Place) => new Set(world.requests.of(stackOf(place)).map(({ path }) => path.split("/")[2]));
      expect(hosts(first)).toEqual(new Set([shop.host]));
      expect(hosts(second)).toEqual(new Set([shop.host]));
      expect(hosts(other)).toEqual(new Set([cafe.host]));
    });

    test("a fork runs when its commit was approved, and no longer than until the next one", async () => {
      const { shop } = world.teams;
      const from = shop.repository.fork("stranger/shop");
      const fork = await opened(shop, "4", { from });
      await eventually(world, "the fork waits", () => statusOf(fork)?.description?.includes("approv"));
      await pause(1_000);
      expect(await leftOf(stackOf(fork))).toEqual([]);
      fork.pull.label("shadow-approved", "acme");
      await firstMirrored(world, fork);
      const sha = await shop.commit("5");
      const pushedAt = Date.now();
      fork.pull.push({ "version.txt": "5" }, { sha });
      await eventually(world, "nothing left of the fork", async () => (await leftOf(stackOf(fork))).length === 0);
      const last = world.requests.of(stackOf(fork)).at(-1);
      const ends = note("a fork's push to its last mirrored request", Math.max((last?.at ?? 0) - pushedAt, 0));
      expect(ends).toBeLessThan(MIRRORING_ENDS_MS);
      expect(last?.version).toBe("4");
      expect(statusOf(fork)).toMatchObject({ state: "pending", description: expect.stringContaining("approv") });
      fork.pull.close();
    });

    test("a crash loop is said, with the log", async () => {
      const begun = Date.now();
      const crash = await opened(world.teams.shop, "1", { files: files("crash") });
      await eventually(world, "the crash is named", () => statusOf(crash)?.state === "failure");
      note("opened to a crash loop named", Date.now() - begun);
      expect(await deploymentOf(world, idOf(crash))).toMatchObject({
        state: "failed",
        stateReason: expect.stringMatching(/"web" (?:ended with code 3|crashed)/),
        stack: { failure: "crash-loop", log: expect.stringContaining("cannot find the licence file") },
      });
      expect(world.requests.of(stackOf(crash))).toEqual([]);
      crash.pull.close();
      await eventually(world, "nothing left of it", async () => (await leftOf(stackOf(crash))).length === 0);
    });

    test("a missing image is said on the pull request, and nothing is started", async () => {
      const { shop } = world.teams;
      const missing = { team: shop, pull: shop.repository.openPull({ sha: newSha() }) };
      await eventually(world, "the missing image is named", () => statusOf(missing)?.state === "failure");
      expect(statusOf(missing)?.description).toMatch(/image|acme\/shop:/);
      expect(await deploymentOf(world, idOf(missing))).toMatchObject({
        state: "failed",
        stateReason: expect.stringContaining(`/acme/shop:${missing.pull.headSha()} was not there`),
        stack: { failure: "image-missing" },
      });
      expect(await leftOf(stackOf(missing))).toEqual([]);
      missing.pull.close();
    });
  });

  test("of three racing pushes the newest wins, and no answer of an older one is counted for it", async () => {
    const { shop } = world.teams;
    const shas = [await shop.commit("2"), await shop.commit("3"), await shop.commit("4")];
    const begun = Date.now();
    for (const [n, sha] of shas.entries()) first.pull.push({ "version.txt": `${n + 2}` }, { sha });
    const { at } = await firstMirrored(world, first, begun);
    note("pushed to first request mirrored to the new commit", at - begun);
    const ids = shas.map((sha) => idOf(first, sha));
    await expectOwnAnswers(ids[2] ?? "", "4");
    expect(await stateOf(world, ids[2] ?? "")).toBe("ready");
    for (const id of ids.slice(0, 2)) expect([null, "closed"]).toContain(await stateOf(world, id));
    const later = world.requests.of(stackOf(first)).filter((one) => one.at >= at);
    expect(new Set(later.map(({ version }) => version))).toEqual(new Set(["4"]));
  });

  test("a delivery that comes twice changes nothing, and a forged one is refused", async () => {
    const { deliveries } = world.github;
    const delivery = deliveries.made.findLast(({ event }) => event === "pull_request");
    if (delivery === undefined) throw new Error("no pull request was told of");
    const look = async () =>
      Promise.all(
        [first, second, other].map(async (place) => {
          const { state, shadowOrigin, createdAt } = await deploymentOf(world, idOf(place));
          return { state, shadowOrigin, createdAt };
        }),
      );
    const before = await look();
    expect(await deliveries.redeliver(delivery.id)).toBeLessThan(300);
    expect((await send(world, delivery, "sha256=".padEnd(71, "0"))).status).toBe(401);
    const closed = delivery.body.replace(/"state":\s*"open"/, '"state":"closed"');
    expect(closed).not.toBe(delivery.body);
    expect((await send(world, { ...delivery, body: closed }, signed(delivery.body))).status).toBe(401);
    await pause(1_500);
    expect(await look()).toEqual(before);
  });

  test("an engine that goes away costs no traffic, and what was pushed meanwhile runs when it is back", async () => {
    await world.wire.cut();
    const sha = await world.teams.shop.commit("5");
    second.pull.push({ "version.txt": "5" }, { sha });
    await eventually(world, "its reason is in the report", async () =>
      (await reasonOf(idOf(second))).includes("engine"),
    );
    await firstMirrored(world, first, Date.now());
    const restoredAt = Date.now();
    await world.wire.restore();
    const { at } = await firstMirrored(world, second, restoredAt);
    note("engine back to first request mirrored to the push", at - restoredAt);
    await expectOwnAnswers(idOf(second), "5");
  });

  async function reasonOf(id: string): Promise<string> {
    return deploymentOf(world, id).then(
      ({ stateReason }) => stateReason ?? "",
      () => "",
    );
  }

  test("a closed pull request gets no request after 10 s, and in 60 s nothing of it is left", async () => {
    const stack = stackOf(first);
    await firstMirrored(world, first, Date.now());
    const closedAt = Date.now();
    first.pull.close();
    await eventually(world, "nothing left of it", async () => (await leftOf(stack)).length === 0);
    const gone = note("closed to everything gone", Date.now() - closedAt);
    const last = world.requests.of(stack).at(-1)?.at ?? 0;
    expect(note("closed to last mirrored request", Math.max(last - closedAt, 0))).toBeLessThan(MIRRORING_ENDS_MS);
    expect(gone).toBeLessThan(GONE_MS);
    await eventually(world, "it is closed in the report", async () => (await stateOf(world, idOf(first))) === "closed");
    // The others go on.
    await firstMirrored(world, other, Date.now());
  });

  test("with every delivery lost the periodic look comes to the same: nothing is left, and no client ever noticed", async () => {
    world.github.deliveries.decide(() => "lose");
    second.pull.close();
    other.pull.close();
    // What happens every 5 minutes.
    world.provisioner.wake({ kind: "all" });
    await eventually(world, "nothing left at all", async () => {
      const ids = [world.repoId, world.repoId + 1].map((id) => id.toString(36));
      return (await Promise.all(ids.map(async (id) => leftOf(`-${id}`)))).flat().length === 0;
    });
    expect(world.clientFaults).toEqual([]);
  });
});
