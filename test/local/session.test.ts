/** One deployment from its first request to its result, with a tee and a report API that answer over HTTP. */
import { afterEach, describe, expect, test } from "vitest";
import type { Drift } from "../../core/wire/api/drifts.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import type { Route } from "../../core/wire/api/routes.ts";
import type { Example } from "../../infra/local/examples/example.ts";
import { EXAMPLES } from "../../infra/local/examples/index.ts";
import { resultOfWatching, runExample, runTraffic, type Session, watchServers } from "../../infra/local/session.ts";
import { type Listening, listen } from "../servers/http.ts";
import { EMPTY_LEDGER } from "../standins/ledger.ts";
import { recordingScreen } from "./recording-screen.ts";
import { COUNTS, DEPLOYMENT, drift } from "./report.ts";
import { type ScriptedApi, scriptedApi } from "./scripted-api.ts";

const EXAMPLE: Example = {
  ...EXAMPLES.shop,
  traffic: ["/a", "/b", "/c"].map((path) => ({ method: "GET" as const, path })),
  planted: [{ id: "gone", route: "GET /a", what: "gone", expected: { pattern: "$.box", severity: "Warning" } }],
};
const ROUTE: Route = {
  route: "GET /a",
  counts: COUNTS,
  equalWithoutRow: 0,
  secondAnswers: 0,
  drifts: 1,
  noise: 4,
  latency: { prod: null, shadow: null, control: null, base: null, shift: null },
};

const open: (Listening | ScriptedApi)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Scene {
  readonly drifts?: readonly Drift[];
  /** The ledger after so many requests, at the so-many-th look. */
  readonly ledger?: (came: number, look: number) => Partial<Ledger>;
  /** A path that production does not answer. */
  readonly dead?: string;
}

/** A tee that counts what comes, and a report of it. */
async function sceneOf({ drifts = [], ledger = (seen) => ({ seen }), dead }: Scene) {
  const came: string[] = [];
  let looks = 0;
  const tee = await listen((request, answer) => {
    came.push(request.url ?? "");
    if (request.url === dead) request.socket.destroy();
    else answer.end("{}");
  });
  const scripted = await scriptedApi(({ line }) => {
    if (line.endsWith("/ledger")) return { body: { ...EMPTY_LEDGER, ...ledger(came.length, looks++) } };
    if (line.endsWith("/drifts")) return { body: { items: drifts } };
    if (line.endsWith("/routes")) return { body: { items: [ROUTE, { ...ROUTE, noise: 3 }] } };
    return { body: { ...DEPLOYMENT, counts: { ...COUNTS, pairs: 3 } } };
  });
  open.push(tee, scripted);
  const screen = recordingScreen();
  const controller = new AbortController();
  const session: Session = {
    api: scripted.api,
    id: "1-1-000000000000",
    teeOrigin: tee.url,
    reportUrl: "http://localhost/report",
    screen,
    signal: controller.signal,
  };
  return { session, came, screen, controller };
}

describe("an example", () => {
  test("passes when what was planted is reported and every request is accounted for", async () => {
    const { session, came, screen } = await sceneOf({ drifts: [drift({})] });
    const result = await runExample(session, EXAMPLE, null);
    expect(result).toMatchObject({ result: "passed", example: "shop", missing: [], noise: 7 });
    expect(result).toMatchObject({ requests: { sent: 3, unanswered: 0 }, counts: { pairs: 3 } });
    expect(came.toSorted()).toEqual(["/a", "/b", "/c"]);
    expect(screen.said).toEqual(["Sent 3 requests through the tee. Waiting until each of them is accounted for."]);
  });

  test.each([
    ["what was planted is not reported", {}],
    ["noise is reported", { drifts: [drift({}), drift({ route: "GET /quiet" })] }],
    ["production did not answer a request", { drifts: [drift({})], dead: "/b" }],
  ])("fails when %s", async (_, scene) => {
    const { session } = await sceneOf(scene);
    expect((await runExample(session, EXAMPLE, null)).result).toBe("failed");
  });

  test.each([
    [1, ["/a"]],
    [5, ["/a", "/a", "/b", "/b", "/c"]],
  ])("with --requests %i sends so many, from the start again where needed", async (limit, paths) => {
    const { session, came } = await sceneOf({ drifts: [drift({})] });
    await runExample(session, EXAMPLE, limit);
    expect(came.toSorted()).toEqual(paths);
  });
});

test("traffic waits until the ledger explains every request, and shows how far it is", async () => {
  const { session, screen } = await sceneOf({
    ledger: (seen, look) =>
      look < 2 ? { seen: seen - 1, inFlight: 1 } : { seen, sampled: seen, skipped: { method: 2 } },
  });
  const result = await runTraffic(session, EXAMPLE.traffic);
  expect(result).toMatchObject({ result: "watched", missing: [], ledger: { seen: 3 } });
  expect(screen.lived).toContain(
    "2 seen, 0 sampled: 0 compared, 0 skipped, 0 without an answer, 0 dropped, 1 on the way",
  );
  expect(screen.lived.at(-1)).toContain("3 seen, 3 sampled: 0 compared, 2 skipped");
});

test("an interrupt ends the wait", async () => {
  const { session, controller } = await sceneOf({ ledger: () => ({}) });
  const run = runTraffic(session, EXAMPLE.traffic);
  setTimeout(() => controller.abort(), 1_500);
  await expect(run).rejects.toThrow(/abort/i);
});

describe("between two servers of the user's", () => {
  test("a line is shown for each change and nothing for a standstill, until the interrupt", async () => {
    const looked = Promise.withResolvers<void>();
    const ledger = (_: number, look: number) => {
      if (look === 4) looked.resolve();
      return { seen: look < 2 ? 1 : 2 };
    };
    const { session, screen, controller } = await sceneOf({ ledger });
    void looked.promise.then(() => controller.abort());
    await watchServers(session);
    expect(screen.lived.map((line) => line.slice(0, 6))).toEqual(["1 seen", "2 seen"]);
  });

  test("the result tells what is on the way still", async () => {
    const { session } = await sceneOf({
      ledger: () => ({ seen: 5, unrouted: 1, inFlight: 2, inFlightAt: { tee: 0, queue: 2 } }),
      drifts: [drift({})],
    });
    const result = await resultOfWatching(session, Date.now() - 2_000);
    expect(result).toMatchObject({ result: "watched", example: null, requests: null, outcome: null, noise: 7 });
    expect(result.missing).toEqual(["2 pairs are on the queue and not stored"]);
    expect(result.drifts).toHaveLength(1);
    expect(result.seconds).toBeGreaterThanOrEqual(2);
  });
});
