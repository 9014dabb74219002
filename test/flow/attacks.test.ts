/**
 * Hostile shadows, hostile registrations and loops through all Workers: the client gets production's answer, every request is
 * accounted for, and the report can still be read.
 */
import type { IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DriftListSchema } from "../../core/wire/api/drifts.ts";
import type { Ledger } from "../../core/wire/api/ledger.ts";
import { PairDetailSchema, PairListSchema } from "../../core/wire/api/pairs.ts";
import { RouteListSchema } from "../../core/wire/api/routes.ts";
import { type Listening, listen } from "../servers/http.ts";
import { pause, waitFor } from "../servers/wait-for.ts";
import { hostileAnswers, json, MB, packed } from "./hostile-answers.ts";
import { DEPLOYMENT_ID, deploymentOf, HOST, type Stack, startStack } from "./stack.ts";

/** Under this name the tee is registered as its own shadow. */
const LOOP_HOST = "127.0.0.1";

const PATHS = Object.keys(hostileAnswers(""));
const pathOf = ({ url = "" }: IncomingMessage): string => url.split("?")[0] ?? "";

let stack: Stack;
/** A service on loopback that nobody but this machine should reach. */
let trap: Listening;
let trapped = 0;
const atProd: string[] = [];
const atShadow = new Set<string>();

/** The harness hands the runtime's network to Node's `fetch`, which follows redirects by itself; the runtime's own does not. */
const nodeFetch = globalThis.fetch;
const unfollowed: typeof fetch = (input, init) => nodeFetch(input, { ...withoutGetters(init), redirect: "manual" });

/** The harness passes a request in place of its settings; what it holds are getters of its class. */
function withoutGetters(init: RequestInit | undefined): RequestInit {
  const { method, headers, body, signal } = init ?? {};
  return { method, headers, body, signal, ...(body && { duplex: "half" }) };
}

beforeAll(async () => {
  globalThis.fetch = unfollowed;
  trap = await listen((_, response) => {
    trapped += 1;
    response.end("inside");
  });
  const hostile = hostileAnswers(trap.url);
  stack = await startStack({
    prod: (request, response) => {
      atProd.push(request.url ?? "");
      if (pathOf(request) === "/bomb-of-production") packed(response, gzipSync(Buffer.alloc(20 * MB)));
      else json('{"ok":1}')(response);
    },
    shadow: (request, response) => {
      atShadow.add(pathOf(request));
      (hostile[pathOf(request)] ?? json('{"ok":1}'))(response);
    },
  });
  await waitFor(async () => {
    await (await stack.client("/warm")).text();
    await pause(100);
    return atShadow.has("/warm") || undefined;
  }, "the first mirrored request");
});

afterAll(async () => {
  globalThis.fetch = nodeFetch;
  await stack?.close();
  await trap?.close();
});

/** The ledger, once it knows of all requests of its host. */
function allAccounted(sent: number, id = DEPLOYMENT_ID): Promise<Ledger> {
  const look = async (): Promise<Ledger | undefined> => {
    const ledger = await stack.accounted(1, id);
    return ledger.sampled + ledger.unrouted >= sent ? ledger : undefined;
  };
  return waitFor(look, `${sent} requests in the ledger`, 30_000);
}

describe("a hostile shadow", () => {
  let ledger: Ledger;
  const answers = new Map<string, string>();

  beforeAll(async () => {
    for (const path of PATHS) {
      answers.set(path, await (await stack.client(path)).text());
      // One at a time: a breaker that opens would hide what comes after. Answers in between keep it closed.
      await waitFor(async () => atShadow.has(path) || undefined, `the shadow's ${path}`);
      for (let n = 0; n < 2; n += 1) await (await stack.client(`/fine/${n}`)).text();
      await pause(100);
    }
    ledger = await allAccounted(atProd.length);
  });

  test("never shows to a client", () => {
    expect([...answers].filter(([, body]) => body !== '{"ok":1}')).toEqual([]);
  });

  test("has each of its answers compared or counted as no answer", () => {
    expect(ledger.sampled).toBe(atProd.length - ledger.unrouted);
    expect(ledger).toMatchObject({ dropped: {}, unexplained: 0, lost: { isolate: 0, queue: 0 } });
    // Skipped is only what production's own answer was too slow for.
    const slow = ledger.skipped["stream"] ?? 0;
    expect(ledger.compared + ledger.shadowFailed + slow, JSON.stringify(ledger)).toBe(ledger.sampled);
  });

  test("cannot make the tee ask another address", () => {
    expect(trapped).toBe(0);
  });

  test.each(PATHS)("%s can be read in the report, and is not Safe", async (path) => {
    const { items } = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/pairs?limit=200`, PairListSchema);
    const pair = items.find((one) => one.path === path);
    expect(pair?.verdict).toBeDefined();
    const detail = await stack.read(`/api/pairs/${pair?.id}`, PairDetailSchema);
    expect(detail.findings.length + (detail.shadowFailed === null ? 0 : 1)).toBeGreaterThan(0);
  });

  test("leaves lists of drifts and routes readable", async () => {
    const drifts = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/drifts`, DriftListSchema);
    const routes = await stack.read(`/api/deployments/${DEPLOYMENT_ID}/routes`, RouteListSchema);
    expect(drifts.items.length).toBeGreaterThan(5);
    expect(routes.items.length).toBeGreaterThan(PATHS.length);
  });

  test("cannot put anything into the prototypes of the Workers", async () => {
    const report = stack.harness.getWorker("shadow-infra-report");
    const answer = await (await report.fetch(`http://localhost/api/deployments/${DEPLOYMENT_ID}`)).json();
    expect(JSON.stringify(answer)).not.toContain("polluted");
  });
});

test("a bomb of production's own is accounted for like any other answer", async () => {
  const before = (await stack.accounted(0)).sampled;
  const response = await stack.client("/bomb-of-production");
  expect((await response.arrayBuffer()).byteLength).toBe(20 * MB);
  await waitFor(async () => atShadow.has("/bomb-of-production") || undefined, "the mirrored request");
  expect(await stack.accounted(before + 1)).toMatchObject({ sampled: before + 1, unexplained: 0 });
});

test("a tee that is registered as its own shadow mirrors once and no more", async () => {
  const loop = deploymentOf({
    pull: { number: 13, title: "Loop", url: null, branch: "loop" },
    hosts: [LOOP_HOST],
    shadowOrigin: stack.url.origin,
  });
  await stack.register(loop);
  const asked = (path: string): number => atProd.filter((url) => url === path).length;
  let n = 0;
  const looped = await waitFor(async () => {
    n += 1;
    const path = `/loop/${n}`;
    await (await stack.client(path, { host: `${LOOP_HOST}:${stack.url.port}` })).text();
    await pause(500);
    return asked(path) > 1 ? path : undefined;
  }, "the mirrored request at production");
  await pause(1_000);
  expect(asked(looped)).toBe(2);
});

describe("a registration", () => {
  const put = async (changes: Record<string, unknown>): Promise<string> => {
    const base = deploymentOf({
      pull: { number: 99, title: "x", url: null, branch: "x" },
      shadowOrigin: "http://127.0.0.1:3001",
    });
    return stack
      .service("PUT", "/api/deployments/7-99-0123456789ab", { ...base, hosts: ["evil.test"], ...changes })
      .then(
        () => "taken",
        (error: unknown) => /: (\d{3}) /.exec(String(error))?.[1] ?? String(error),
      );
  };

  test.each([
    "http://169.254.169.254",
    "http://[fd00:ec2::254]",
    "http://2130706433",
    "http://0x7f.1",
    "http://127.1",
    "http://0.0.0.0",
    "http://[::ffff:127.0.0.1]",
    "http://localhost.",
    "http://localhost@169.254.169.254",
    "http://user:pass@localhost:3001",
    "http://localhost#@evil.test",
    "http://localhost\\@evil.test",
    "http://127.0.0.1:3001/path",
    "http://127.0.0.1:99999",
    "https://127.0.0.1.nip.io",
    "https://metadata.google.internal",
    "https://kubernetes.default.svc",
    "https://evil.vercel.app",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "http://127.0.0.1:3001\r\nx-injected: 1",
    "",
  ])("of a shadow at %j is refused, and so is a base stack there", async (origin) => {
    expect(await put({ shadowOrigin: origin })).toBe("400");
    expect(await put({ base: { origin, deploymentId: "7-base-0123456789ab" } })).toBe("400");
  });

  test.each<readonly [string, Record<string, unknown>]>([
    ["too many globs", { mirror: { include: Array.from({ length: 101 }, (_, n) => `/${n}`) } }],
    ["a glob of 10,000 characters", { mirror: { exclude: [`/${"*".repeat(10_000)}`] } }],
    ["a pattern of 10,000 characters", { redact: { patterns: ["a".repeat(10_000)] } }],
    ["a pattern that does not compile", { redact: { patterns: ["(unclosed"] } }],
    ["a pattern that is not linear", { redact: { patterns: ["(a)\\1"] } }],
    ["a pattern that repeats without measure", { redact: { patterns: ["((a{1,1000}){1,1000}){1,1000}"] } }],
    ["a hundred thousand names", { redact: { names: Array.from({ length: 100_000 }, (_, n) => `n${n}`) } }],
    ["a header that begins another", { credentials: { authorization: "a\r\nhost: evil.test" } }],
    ["a credential for the connection", { credentials: { host: "evil.test" } }],
    ["our own marker as a credential", { credentials: { "x-shadow-infra-mirrored": "1" } }],
    ["a method with a line break", { methods: ["GET\r\nx: y"] }],
    ["a host with a path", { hosts: ["shop.test/admin"] }],
    ["another repository's id", { repository: { id: 8, fullName: "acme/other" } }],
    ["an unknown key", { prodOrigin: "http://evil.test" }],
  ])("with %s is refused", async (_, changes) => {
    expect(await put(changes)).toBe("400");
  });

  test("whose globs and patterns are as bad as they may be slows no client and hides no request", async () => {
    const hosts = ["hostile.test"];
    const bad = "/**/*a*a*a*a*a*a*a*a*a*b".repeat(12).slice(0, 300);
    const worst = deploymentOf({
      pull: { number: 14, title: "Hostile", url: null, branch: "hostile" },
      hosts,
      shadowOrigin: "http://127.0.0.1:1",
    });
    const settings = {
      mirror: { include: ["/**"], exclude: Array.from({ length: 100 }, () => bad) },
      routes: Array.from({ length: 100 }, () => ({ match: `* ${bad.slice(0, 290)}`, mirror: false })),
      redact: { patterns: ["(a+)+$", "(a|a)*b", "(.*)*x", "a{1,100}b{1,100}c"], names: ["a"] },
    };
    const { id } = await stack.register({ ...worst, ...settings });
    const path = `/${"a/".repeat(500)}${"a".repeat(1_000)}`;
    const timed = async (host: string): Promise<number> => {
      const began = performance.now();
      await (await stack.client(path, { host })).text();
      return performance.now() - began;
    };
    // In turns with a host that has no filter, so that a busy machine slows both alike.
    const added: number[] = [];
    while (added.length < 20) {
      const plain = await timed("plain.test");
      added.push((await timed(hosts[0] ?? HOST)) - plain);
      await pause(100);
    }
    expect(added.toSorted((a, b) => a - b)[10]).toBeLessThan(250);
    const ledger = await allAccounted(added.length, id);
    expect(ledger.unexplained).toBe(0);
  });
});
