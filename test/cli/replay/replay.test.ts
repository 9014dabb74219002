/** Replays against real servers: what is sent, what is not, and what every way of not answering becomes. */
import { createServer as createTcpServer, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { listening, replayed } from "./servers.ts";

function line(path: string, more: object = {}): string {
  return JSON.stringify({ method: "GET", path, ...more });
}

test("both servers get the same request, and a pair holds both answers and their hosts", async () => {
  const seen: string[] = [];
  const version = (price: number | null) =>
    listening((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers["accept-language"]} ${request.headers.host}`);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ price }));
    });
  await using prod = await version(12);
  await using shadow = await version(null);
  const { pairs } = await replayed(line("/things/7?full=1", { headers: { "Accept-Language": "de", Host: "shop" } }), {
    prod: prod.url,
    shadow: shadow.url,
  });
  expect(seen.toSorted()).toEqual([prod, shadow].map(({ url }) => `GET /things/7?full=1 de ${url.host}`).toSorted());
  expect(pairs[0]).toMatchObject({
    id: "request-000001",
    hosts: { prod: prod.url.host, shadow: shadow.url.host },
    prod: { status: 200, body: '{"price":12}' },
    shadow: { status: 200, body: '{"price":null}' },
  });
  expect(pairs.map((pair) => judge(pair, EMPTY_MEMORY).judged.verdict)).toEqual(["Critical"]);
});

test("a base is asked beside the shadow, and second answers of production and base where they are wanted", async () => {
  let asked = 0;
  await using server = await listening((_, response) => response.end(String((asked += 1))));
  const { url } = server;
  const { pairs } = await replayed(line("/"), { prod: url, shadow: url, base: url }, { controlShare: 1 });
  expect([asked, Object.keys(pairs[0] ?? {}).slice(3)]).toEqual([
    5,
    ["prod", "shadow", "control", "base", "baseAgain"],
  ]);
});

describe("is not sent:", () => {
  const skipped = async (text: string) => {
    let asked = 0;
    await using server = await listening((_, response) => response.end(String((asked += 1))));
    const { sent } = await replayed(text, { prod: server.url, shadow: server.url });
    expect([asked, sent.pairs]).toEqual([0, 0]);
    return sent.skipped;
  };

  test.each([
    ["what changes something", line("/", { method: "POST" }), "method"],
    ["what changes something by a header", line("/", { headers: { "x-http-method-override": "DELETE" } }), "method"],
    ["what changes something by its query", line("/a?_method=DELETE"), "method"],
    ["a request whose path is redacted", line("/a/redacted:string:1-8:ab:cd"), "redacted"],
    ["a request with a secret in its address", line("/a?api_key=abcdef"), "credentials"],
    ["an address of another kind", line("", { path: undefined, url: "wss://a.example/" }), "not-http"],
  ])("%s", async (_, text, reason) => {
    expect((await skipped(text))[reason as keyof Awaited<ReturnType<typeof skipped>>]).toBe(1);
  });
});

test("credentials, conditions, ranges and headers of the connection stay at home; those of the command line are sent", async () => {
  const seen: NodeJS.Dict<string | string[]>[] = [];
  await using server = await listening((request, response) => {
    seen.push(request.headers);
    response.end(`you are ${request.headers.authorization}`);
  });
  const headers = {
    cookie: "session=1",
    Authorization: "Bearer of the user",
    "if-none-match": '"1"',
    range: "bytes=0-1",
    "x-forwarded-for": "1.2.3.4",
    accept: "text/plain",
    "x-version": "2",
  };
  const { pairs, sent } = await replayed(line("/", { headers }), {
    prod: server.url,
    shadow: server.url,
    headers: [["authorization", "Bearer tester-1"]],
  });
  const { host, connection, ...rest } = seen[0] ?? {};
  expect([host, connection]).toEqual([server.url.host, "keep-alive"]);
  expect(rest).toEqual({ accept: "text/plain", "x-version": "2", authorization: "Bearer tester-1" });
  expect(sent.credentials).toBe(2);
  expect(JSON.stringify(pairs)).not.toMatch(/tester-1|of the user/);
});

test("unsafe methods are sent when told, with their body, and never twice", async () => {
  const seen: string[] = [];
  await using server = await listening((request, response) => {
    request.setEncoding("utf8").on("data", (text: string) => seen.push(`${request.method} ${text}`));
    request.on("end", () => response.end("{}"));
  });
  const travel = { unsafe: true, keepCredentials: false, hosts: null };
  const { pairs } = await replayed(
    line("/", { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":1}' }),
    { prod: server.url, shadow: server.url },
    { travel, controlShare: 1 },
  );
  expect(seen).toEqual(['POST {"a":1}', 'POST {"a":1}']);
  expect(pairs[0]?.request.body).toBe('{"a":1}');
});

describe("an answer", () => {
  test("is decoded, and a redirect is not followed", async () => {
    await using prod = await listening((_, response) => {
      response.writeHead(302, { location: "/next", "content-encoding": "gzip", "content-type": "text/plain" });
      response.end(gzipSync("moved"));
    });
    const { pairs } = await replayed(line("/"), { prod: prod.url, shadow: prod.url });
    expect(pairs[0]?.prod).toMatchObject({ status: 302, body: "moved", headers: { location: "/next" } });
  });

  test("without a body may say that it is compressed", async () => {
    await using prod = await listening((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end());
    const { pairs } = await replayed(`${line("/", { method: "HEAD" })}\n${line("/")}`, {
      prod: prod.url,
      shadow: prod.url,
    });
    expect(pairs.map((pair) => pair.prod)).toMatchObject([
      { status: 200, body: "" },
      { status: 200, body: "" },
    ]);
  });

  test("over the cap is cut and says so, also when it never ends", async () => {
    await using prod = await listening((request, response) => {
      if (request.url === "/sized") return void response.end("word ".repeat(60_000));
      const more = (): boolean => response.write("word ".repeat(10_000));
      const timer = setInterval(more, 1);
      response.on("close", () => clearInterval(timer));
    });
    const { pairs } = await replayed(`${line("/sized")}\n${line("/endless")}`, { prod: prod.url, shadow: prod.url });
    for (const { prod: side } of pairs)
      expect(side).toMatchObject({ truncated: true, body: expect.stringMatching(/^(?:word ){52000}/) });
    expect(pairs.flatMap(({ prod: side }) => ("bodyBytes" in side ? [side.bodyBytes] : []))).toEqual([300_000]);
  });

  test("keeps several cookies apart", async () => {
    await using prod = await listening((_, response) => response.setHeader("set-cookie", ["a=1; Secure", "b=2"]).end());
    const { pairs } = await replayed(line("/"), { prod: prod.url, shadow: prod.url });
    expect(pairs[0]?.prod).toMatchObject({
      headers: { "set-cookie": [/^a=.*; Secure/, /^b=/].map((form) => expect.stringMatching(form)) },
    });
  });
});

describe("no answer:", () => {
  const failures: readonly (readonly [string, (socket: Socket) => void, string])[] = [
    ["a server that says nothing is a timeout", () => {}, "timeout"],
    [
      "one that stops in the middle of its body is a timeout",
      (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"),
      "timeout",
    ],
    ["one that hangs up is a reset", (socket) => void socket.destroy(), "reset"],
    [
      "one that hangs up in the middle of its body is a reset",
      (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"),
      "reset",
    ],
    ["one that speaks something else breaks the protocol", (socket) => void socket.end("SSH-2.0\r\n\r\n"), "protocol"],
  ];

  test.each(failures)("%s", async (_, behave, failed) => {
    const tcp = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => behave(socket));
    });
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    const address = tcp.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await using prod = await listening((__, response) => response.end("fine"));
    const { pairs } = await replayed(
      line("/"),
      { prod: prod.url, shadow: new URL(`http://127.0.0.1:${port}`) },
      { timeoutMs: 300 },
    );
    tcp.close();
    expect(pairs[0]?.shadow).toMatchObject({ failed });
  });

  test("a server that was never there ends the run, with nothing judged", async () => {
    await using prod = await listening((_, response) => response.end("fine"));
    const free = await listening(() => {});
    await free[Symbol.asyncDispose]();
    const { sent, pairs } = await replayed(`${line("/")}\n`.repeat(50), { prod: prod.url, shadow: free.url });
    expect([sent.gone, pairs]).toEqual([{ server: "shadow", failed: "refused", never: true }, []]);
    const plain = new URL(`https://${prod.url.host}`);
    const tls = await replayed(line("/"), { prod: plain, shadow: prod.url });
    expect(tls.sent.gone).toEqual({ server: "prod", failed: "tls", never: true });
  });

  test("a shadow that dies on the way is found in every request until it counts as gone", async () => {
    await using prod = await listening((_, response) => response.end("fine"));
    let left = 10;
    await using shadow = await listening((_, response) => {
      if ((left -= 1) < 0) response.destroy();
      else response.end("fine");
    });
    const { sent, pairs } = await replayed(`${line("/")}\n`.repeat(500), { prod: prod.url, shadow: shadow.url });
    expect(sent.gone).toMatchObject({ server: "shadow", failed: "reset", never: false });
    expect(pairs.filter(({ shadow: side }) => "failed" in side).length).toBeGreaterThanOrEqual(20);
    expect(pairs.length).toBeLessThan(60);
  });
});

test("a connection that the server closed while it was idle is no failure", async () => {
  await using prod = await listening((_, response) => response.end("fine"));
  await using shadow = await listening((request, response) => {
    response.end("fine");
    // Announces to keep it and closes it, as a server does whose idle time is over.
    setTimeout(() => request.socket.destroy(), 1);
  });
  const { pairs } = await replayed(
    `${line("/")}\n`.repeat(60),
    { prod: prod.url, shadow: shadow.url },
    { pace: { rate: 0, concurrency: 1 } },
  );
  expect(pairs.filter(({ shadow: side }) => "failed" in side)).toEqual([]);
});

test("a run that is stopped keeps what was answered and sends no more", async () => {
  const stop = new AbortController();
  let asked = 0;
  await using prod = await listening((_, response) => {
    if ((asked += 1) === 40) stop.abort();
    response.end("fine");
  });
  const { sent, pairs } = await replayed(
    `${line("/")}\n`.repeat(5_000),
    { prod: prod.url, shadow: prod.url },
    { stop },
  );
  expect(sent.gone).toBeNull();
  expect(pairs.length).toBeLessThan(40);
  expect(asked).toBeLessThan(80);
});

test("requests start no more often than the rate says", async () => {
  await using prod = await listening((_, response) => response.end("fine"));
  const startedAt = performance.now();
  await replayed(
    `${line("/")}\n`.repeat(30),
    { prod: prod.url, shadow: prod.url },
    { pace: { rate: 100, concurrency: 8 } },
  );
  expect(performance.now() - startedAt).toBeGreaterThan(180);
});

test("what cannot be read is told by its number, and the rest is sent", async () => {
  await using prod = await listening((_, response) => response.end("fine"));
  const text = [line("/a"), "{", JSON.stringify({ method: "GET" }), line("b"), line("/c")].join("\n");
  const { pairs, malformed } = await replayed(text, { prod: prod.url, shadow: prod.url });
  expect(pairs.map(({ id }) => id).toSorted()).toEqual(["request-000001", "request-000005"]);
  expect(malformed.map(([number]) => number)).toEqual([2, 3, 4]);
});
