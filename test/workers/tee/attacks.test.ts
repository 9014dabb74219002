/** Hostile clients and hostile shadows, on real sockets: what they send never becomes more than a mirrored request without power. */
import { createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listening, listen } from "../../servers/http.ts";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { raw, type Sockets, startOnSockets } from "./sockets.ts";
import { target } from "./target.ts";

const [HOST, SHADOW] = ["shop.test", "shadow.test"];
const MARKER = "x-shadow-infra-mirrored";

let outside: Listening;
let tee: Sockets;
/** Everything that arrived anywhere, in order. */
const arrived: IncomingMessage[] = [];

const at = (host: string, path: string) => arrived.filter(({ headers, url }) => headers.host === host && url === path);
const atShadow = (path: string) => waitFor(async () => at(SHADOW, path)[0], `the mirrored request of ${path}`);

beforeAll(async () => {
  outside = await listen((request, response) => {
    arrived.push(request);
    const { url = "", headers } = request;
    if (headers.host === SHADOW && url === "/redirect")
      response.writeHead(302, { location: `${outside.url}/trap` }).end();
    else if (headers.host === SHADOW && url.startsWith("/loop"))
      void loop(url, String(headers[MARKER]), () => response.end());
    else response.end("ok");
  });
  tee = await startOnSockets(outside.port);
  await tee.lease({ [HOST]: target(`http://${SHADOW}`, { methods: ["GET", "POST"] }) });
  await waitFor(async () => {
    await raw(tee.port, get("/warm"));
    return at(SHADOW, "/warm")[0];
  }, "the first mirrored request");
});

afterAll(async () => {
  await tee?.close();
  await outside?.close();
});

function get(path: string, headers: readonly string[] = [], method = "GET"): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${HOST}`, "connection: close", ...headers];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}

/** A shadow that asks production on its way, through the tee, and hands its request's marker on. */
async function loop(path: string, marker: string, done: () => void): Promise<void> {
  await raw(tee.port, get(path, [`${MARKER}: ${marker}`]));
  done();
}

/** A marker as the tee would sign it with that secret at that time. */
function signedMarker(secret: string, now: number): string {
  const hmac = (key: string, text: string) => createHmac("sha256", key).update(text).digest("hex");
  return `${now}.${hmac(hmac(secret, "marker"), String(now))}`;
}

test("a marker of this very moment counts, so those below are refused for what they are", async () => {
  await raw(tee.port, get("/signed", [`${MARKER}: ${signedMarker("test-redaction-key", Date.now())}`]));
  await pause(500);
  expect(at(SHADOW, "/signed")).toEqual([]);
  expect(at(HOST, "/signed")).toHaveLength(1);
});

test("a shadow that asks production through the tee does not start a loop", async () => {
  await raw(tee.port, get("/loop"));
  await waitFor(async () => at(HOST, "/loop")[1], "the shadow's own request at production");
  await pause(500);
  expect(at(HOST, "/loop")).toHaveLength(2);
  expect(at(SHADOW, "/loop")).toHaveLength(1);
});

describe("a marker that is not ours, or no longer, does not keep a request from being mirrored", () => {
  const old = signedMarker("test-redaction-key", Date.now() - 120_000);

  test.each([
    ["invented", `${Date.now()}.${"0".repeat(64)}`],
    ["of another key", signedMarker("guessed", Date.now())],
    ["kept for two minutes", old],
    ["empty", ""],
    ["eight thousand digits", "1".repeat(8_000)],
  ])("%s", async (name, marker) => {
    const path = `/marked/${name.replaceAll(" ", "-")}`;
    await raw(tee.port, get(path, [`${MARKER}: ${marker}`]));
    const mirrored = await atShadow(path);
    expect(String(mirrored.headers[MARKER])).toMatch(/^\d{13}\.[0-9a-f]{64}$/);
    expect(mirrored.headers[MARKER]).not.toBe(marker);
  });
});

test("headers of the network and of proxies do not travel, whatever a client puts into them", async () => {
  const names = [
    "cf-connecting-ip",
    "cf-ray",
    "cf-ipcountry",
    "cf-visitor",
    "cf-access-authenticated-user-email",
    "true-client-ip",
  ];
  const all = [...names, "x-forwarded-for", "x-forwarded-host", "forwarded", "x-real-ip", "x-original-url", "cdn-loop"];
  await raw(
    tee.port,
    get(
      "/spoofed",
      all.map((name) => `${name}: 203.0.113.9`),
    ),
  );
  const { rawHeaders } = await atShadow("/spoofed");
  expect(rawHeaders.filter((text) => text.includes("203.0.113.9"))).toEqual([]);
});

test.each(["x-http-method-override", "x-http-method", "x-method-override"])(
  "%s reaches production and no shadow",
  async (name) => {
    const path = `/override/${name}`;
    await raw(tee.port, get(path, [`${name}: DELETE`, "content-length: 0"], "POST"));
    await pause(300);
    expect(at(HOST, path)[0]?.headers[name]).toBe("DELETE");
    expect(at(SHADOW, path)).toEqual([]);
  },
);

describe("no header is injected", () => {
  test.each([
    ["a bare line feed", "user-agent: a\nx-injected: 1"],
    ["a bare carriage return", "user-agent: a\rx-injected: 1"],
    ["a folded line", "user-agent: a\r\n x-injected: 1"],
    ["bytes beyond ASCII", "user-agent: caf\xe9\xc4\x8a\xc4\x8dx-injected: 1"],
    ["encoded line breaks", "user-agent: a%0d%0ax-injected: 1"],
  ])("by %s", async (name, line) => {
    const path = `/injected/${name.replaceAll(" ", "-")}`;
    await raw(tee.port, get(path, [line]));
    await pause(300);
    expect(at(SHADOW, path).filter(({ headers }) => "x-injected" in headers)).toEqual([]);
  });

  test("by the path", async () => {
    await raw(tee.port, get("/path%0d%0ax-injected:%201?a=%0d%0ab"));
    expect((await atShadow("/path%0d%0ax-injected:%201?a=%0d%0ab")).headers).not.toHaveProperty("x-injected");
  });
});

test("bytes beyond ASCII arrive at the shadow as they arrive at production", async () => {
  await raw(tee.port, get("/latin", ["user-agent: caf\xc3\xa9"]));
  const { headers } = await atShadow("/latin");
  expect(headers["user-agent"]).toBe(at(HOST, "/latin")[0]?.headers["user-agent"]);
});

test("a redirect of a shadow is not followed", async () => {
  await raw(tee.port, get("/redirect"));
  await atShadow("/redirect");
  await pause(500);
  expect(arrived.filter(({ url }) => url === "/trap")).toEqual([]);
});

test("no path of a request changes where it is mirrored to", async () => {
  for (const path of ["//other.test/a", "/@other.test/", "/\\other.test", "/..//other.test"])
    await raw(tee.port, get(path));
  await pause(500);
  const hosts = new Set(arrived.map(({ headers }) => headers.host));
  // The runtime speaks to its queue over the same socket.
  hosts.delete("fake-host");
  expect(hosts).toEqual(new Set([HOST, SHADOW]));
});
