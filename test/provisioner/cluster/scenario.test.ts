import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { send, signed } from "../scenario/delivery.ts";
import {
  deploymentOf,
  eventually,
  firstMirrored,
  idOf,
  LIMIT_MS,
  type Place,
  stackOf,
  stateOf,
  statusOf,
} from "../scenario/look.ts";
import { versionsCounted } from "../scenario/pairs.ts";
import { CRASHING, newSha, type Team, type Version } from "../scenario/repositories.ts";
import { type AtHand, clusterAtHand, whyNot } from "./at-hand.ts";
import { leftOf, sweep } from "./scenario/left.ts";
import { unusedRights } from "./scenario/rights.ts";
import { startWorld, type World } from "./scenario/world.ts";

const atHand = clusterAtHand();
const title =
  atHand === null
    ? `SKIPPED, nothing of this was tried: ${whyNot() ?? ""}. Pull requests on a real cluster`
    : "pull requests on a real cluster, from webhook to nothing left";

// Reporters leave out the titles of files that are skipped as a whole.
if (atHand === null) console.warn(title);

/** From closing to the last request that is mirrored, and until nothing of the stack is left. */
const MIRRORING_ENDS_MS = 10_000;
const GONE_MS = 60_000;

describe.skipIf(atHand === null)(title, { timeout: 2 * LIMIT_MS }, () => {
  // Skipped as a whole without one.
  const cluster = atHand as AtHand;
  const took: { readonly what: string; readonly seconds: number }[] = [];
  let world: World;
  /** Opened by the first test; the others push to it, and the last closes it. */
  let first: Place;
  let second: Place;
  let other: Place;

  beforeAll(async () => {
    world = await startWorld(cluster);
  }, LIMIT_MS);

  afterAll(async () => {
    await world.close();
    await sweep(cluster);
    const rows = took.map(({ what, seconds }) => `  ${what.padEnd(50)} ${seconds.toFixed(1).padStart(6)}`);
    console.info(["seconds on the cluster:", ...rows].join("\n"));
  }, LIMIT_MS);

  function note(what: string, ms: number): number {
    took.push({ what, seconds: ms / 1_000 });
    return ms;
  }

  async function opened(team: Team, version: Version, options: Parameters<Team["open"]>[1] = {}): Promise<Place> {
    return { team, pull: await team.open(version, options) };
  }

  test("an opened pull request gets traffic, pairs and a report that shows it", async () => {
    const { shop } = world.teams;
    const begun = Date.now();
    first = await opened(shop, "1", { title: "Round prices", branch: "round-prices" });
    const { at, host } = await firstMirrored(world, first);
    note("opened to first mirrored request", at - begun);
    // Nothing tells the app that it is a shadow.
    expect(host).toBe(world.workers.productionHost);
    const id = idOf(first);
    expect(await deploymentOf(world, id)).toMatchObject({
      id,
      repository: { id: shop.repository.id, fullName: "acme/shop" },
      pull: {
        number: first.pull.number,
        title: "Round prices",
        url: expect.stringContaining(`acme/shop/pull/${first.pull.number}`),
        branch: "round-prices",
      },
      headSha: first.pull.headSha(),
      hosts: [shop.host],
      state: "ready",
      stateReason: null,
      stack: {
        driver: "kubernetes",
        podSecurity: "restricted",
        // By digest, never by a tag that may move.
        services: [
          { name: "db", state: "ready", image: expect.stringContaining("/acme/shop@sha256:") },
          { name: "web", state: "ready", image: expect.stringContaining("/acme/shop@sha256:") },
        ],
      },
    });
    expect(await versionsCounted(world, id)).toEqual(["1"]);
    expect(statusOf(first)).toMatchObject({ context: "shadow-infra", state: "success" });
  });

  test.concurrent("two pull requests and two repositories at once do not touch each other", async () => {
    const { shop, cafe } = world.teams;
    [second, other] = await Promise.all([opened(shop, "2"), opened(cafe, "3")]);
    await Promise.all([firstMirrored(world, second), firstMirrored(world, other)]);
    expect(await versionsCounted(world, idOf(second))).toEqual(["2"]);
    expect(await versionsCounted(world, idOf(other))).toEqual(["3"]);
    // Each client has the host it asks in its path.
    const hosts = (place: Place) => new Set(world.requests.of(stackOf(place)).map(({ path }) => path.split("/")[2]));
    expect(hosts(first)).toEqual(new Set([shop.host]));
    expect(hosts(second)).toEqual(new Set([shop.host]));
    expect(hosts(other)).toEqual(new Set([cafe.host]));
  });

  test.concurrent("a fork runs when its commit was approved, and no longer than until the next one", async () => {
    const { shop } = world.teams;
    const from = shop.repository.fork("stranger/shop");
    const fork = await opened(shop, "4", { from });
    await eventually(world, "the fork waits", () => statusOf(fork)?.description?.includes("approv"));
    await pause(3_000);
    expect(await leftOf(cluster, stackOf(fork))).toEqual([]);
    fork.pull.label("shadow-approved", "acme");
    await firstMirrored(world, fork);
    const sha = await shop.commit("5");
    const pushedAt = Date.now();
    fork.pull.push({ "version.txt": "5" }, { sha });
    await eventually(
      world,
      "nothing left of the fork",
      async () => (await leftOf(cluster, stackOf(fork))).length === 0,
    );
    const last = world.requests.of(stackOf(fork)).at(-1);
    expect(note("a fork's push to its last mirrored request", Math.max((last?.at ?? 0) - pushedAt, 0))).toBeLessThan(
      MIRRORING_ENDS_MS,
    );
    expect(last?.version).toBe("4");
    expect(statusOf(fork)).toMatchObject({ state: "pending", description: expect.stringContaining("approv") });
    fork.pull.close();
  });

  test.concurrent("a crash loop is said, with the log", async () => {
    const begun = Date.now();
    const crash = await opened(world.teams.shop, "1", { files: CRASHING });
    await eventually(
      world,
      "the crash is named",
      () => statusOf(crash)?.state === "failure" || statusOf(crash)?.state === "error",
    );
    note("a crash loop named", Date.now() - begun);
    expect(await deploymentOf(world, idOf(crash))).toMatchObject({
      state: "failed",
      stateReason: expect.stringMatching(/web: it ended with exit code 3/),
      stack: { failure: "crash-loop", log: expect.stringContaining("cannot find the licence file") },
    });
    expect(world.requests.of(stackOf(crash))).toEqual([]);
    crash.pull.close();
  });

  test.concurrent("a missing image is said on the pull request", async () => {
    const { shop } = world.teams;
    const pull = shop.repository.openPull({ sha: newSha() });
    const missing = { team: shop, pull };
    const status = await eventually(world, "the missing image is named", () =>
      ["failure", "error"].includes(statusOf(missing)?.state ?? "") ? statusOf(missing) : null,
    );
    expect(status?.description).toMatch(/image|acme\/shop:/);
    expect(await deploymentOf(world, idOf(missing))).toMatchObject({
      state: "failed",
      stateReason: expect.stringContaining(`/acme/shop:${pull.headSha()} was not there`),
      stack: { failure: "image-missing" },
    });
    expect(await leftOf(cluster, stackOf(missing))).toEqual([]);
    pull.close();
  });

  test("of three racing pushes the newest wins, and no answer of an old pod is counted for it", async () => {
    const { shop } = world.teams;
    const shas = [await shop.commit("2"), await shop.commit("3"), await shop.commit("4")];
    const begun = Date.now();
    for (const [n, sha] of shas.entries()) first.pull.push({ "version.txt": `${n + 2}` }, { sha });
    const { at } = await firstMirrored(world, first, begun);
    note("pushed to first request mirrored to the new commit", at - begun);
    const ids = shas.map((sha) => idOf(first, sha));
    expect(await versionsCounted(world, ids[2] ?? "")).toEqual(["4"]);
    expect(await stateOf(world, ids[2] ?? "")).toBe("ready");
    for (const id of ids.slice(0, 2)) expect([null, "closed"]).toContain(await stateOf(world, id));
    // From then on nobody but the new version is asked.
    const later = world.requests.of(stackOf(first)).filter((one) => one.at >= at);
    expect(new Set(later.map(({ version }) => version))).toEqual(new Set(["4"]));
  });

  test("a delivery that comes twice changes nothing, and a forged one is refused", async () => {
    const { deliveries } = world.github;
    const delivery = deliveries.made.findLast(({ event }) => event === "pull_request");
    if (delivery === undefined) throw new Error("no pull request was told of");
    const ids = [idOf(first), idOf(second), idOf(other)];
    const before = await Promise.all(ids.map(async (id) => deploymentOf(world, id)));
    expect(await deliveries.redeliver(delivery.id)).toBeLessThan(300);
    const forged = await send(world, delivery, "sha256=".padEnd(71, "0"));
    expect(forged.status).toBe(401);
    const closed = delivery.body.replace(/"state":\s*"open"/, '"state":"closed"');
    expect((await send(world, { ...delivery, body: closed }, signed(delivery.body))).status).toBe(401);
    await pause(2_000);
    const after = await Promise.all(ids.map(async (id) => deploymentOf(world, id)));
    expect(after.map(({ state, shadowOrigin, createdAt }) => ({ state, shadowOrigin, createdAt }))).toEqual(
      before.map(({ state, shadowOrigin, createdAt }) => ({ state, shadowOrigin, createdAt })),
    );
  });

  test("an API server that goes away costs no traffic, and what was pushed meanwhile runs when it is back", async () => {
    const { shop } = world.teams;
    await world.wire.cut();
    const sha = await shop.commit("5");
    second.pull.push({ "version.txt": "5" }, { sha });
    await eventually(world, "the cluster is said to be away", async () => {
      const ready = await fetch(`${world.provisioner.origin}/readyz`);
      return (await ready.text()).includes('"driver"');
    });
    const since = Date.now();
    await firstMirrored(world, first, since);
    await firstMirrored(world, other, since);
    await eventually(world, "its reason is in the report", async () =>
      /cluster|API server/.test((await deploymentOf(world, idOf(second))).stateReason ?? ""),
    );
    const restoredAt = Date.now();
    await world.wire.restore();
    const { at } = await firstMirrored(world, second, restoredAt);
    note("API server back to first request mirrored to the push", at - restoredAt);
    expect(await versionsCounted(world, idOf(second))).toEqual(["5"]);
  });

  test("with every delivery lost the periodic look comes to the same", async () => {
    const { cafe } = world.teams;
    world.github.deliveries.decide(() => "lose");
    const sha = await cafe.commit("1");
    other.pull.push({ "version.txt": "1" }, { sha });
    const unheard = await opened(cafe, "2");
    // What happens every 5 minutes.
    world.provisioner.wake({ kind: "all" });
    await Promise.all([firstMirrored(world, other), firstMirrored(world, unheard)]);
    expect(await versionsCounted(world, idOf(other))).toEqual(["1"]);
    unheard.pull.close();
    world.provisioner.wake({ kind: "all" });
    await eventually(world, "nothing left of it", async () => (await leftOf(cluster, stackOf(unheard))).length === 0);
    world.github.deliveries.decide(null);
  });

  test("a closed pull request gets no request after 10 s, and in 60 s nothing of it is left", async () => {
    const stack = stackOf(first);
    const id = idOf(first);
    await firstMirrored(world, first, Date.now());
    const closedAt = Date.now();
    first.pull.close();
    await eventually(world, "nothing left of it", async () => (await leftOf(cluster, stack)).length === 0);
    const gone = note("closed to everything gone", Date.now() - closedAt);
    const last = world.requests.of(stack).at(-1)?.at ?? 0;
    expect(note("closed to last mirrored request", Math.max(last - closedAt, 0))).toBeLessThan(MIRRORING_ENDS_MS);
    expect(gone).toBeLessThan(GONE_MS);
    await eventually(world, "it is closed in the report", async () => (await stateOf(world, id)) === "closed");
    // The others go on.
    await firstMirrored(world, second, Date.now());
  });

  test("when all are closed nothing is left, and no client ever noticed", async () => {
    second.pull.close();
    other.pull.close();
    await eventually(world, "nothing left at all", async () => {
      const ids = [world.teams.shop, world.teams.cafe].map(({ repository }) => repository.id.toString(36));
      return (await Promise.all(ids.map(async (id) => leftOf(cluster, `-${id}`)))).flat().length === 0;
    });
    expect(world.clientFaults).toEqual([]);
    expect(unusedRights(world.calls)).toEqual([]);
  });
});
