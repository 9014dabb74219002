/** The gateway over real sockets: what the app sees, what comes back, and what is said when the app gives no answer. */
import { request as ask, type IncomingMessage, type RequestListener } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../servers/free-port.ts";
import { listen } from "../servers/http.ts";
import { waitFor } from "../servers/wait-for.ts";
import { run, runGateway, STAMP, startGateway } from "./running.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly raw: readonly string[];
  readonly body: string;
}

async function app(handler: RequestListener): Promise<string> {
  const origin = await listen(handler);
  onTestFinished(() => origin.close());
  return `127.0.0.1:${origin.port}`;
}

/** One request with exactly these headers. `fetch` would add its own and hide others. */
function send(port: number, path: string, options: { method?: string; headers?: string[]; body?: string } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const headers = ["host", "pr-12-k3f9.shadow.example.com", ...(options.headers ?? [])];
    const sent = ask({ host: "127.0.0.1", port, path, method: options.method ?? "GET", headers, agent: false });
    sent.once("error", reject);
    sent.once("response", (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.once("error", reject);
      answer.once("end", () => {
        const body = Buffer.concat(chunks).toString();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, raw: answer.rawHeaders, body });
      });
    });
    sent.end(options.body);
  });
}

describe("what the app sees", () => {
  const echo: RequestListener = (req, res) => {
    let body = "";
    req.on("data", (chunk: Buffer) => (body += chunk.toString()));
    req.on("end", () => res.end(JSON.stringify({ method: req.method, url: req.url, raw: req.rawHeaders, body })));
  };
  const seenBy = async (options: Parameters<typeof send>[2], path = "/") => {
    const gateway = await startGateway(await app(echo));
    // The echo above wrote it.
    const seen = JSON.parse((await send(gateway.port, path, options)).body) as {
      method: string;
      url: string;
      raw: string[];
      body: string;
    };
    const pairs = seen.raw.flatMap((name, n) => (n % 2 === 0 ? [[name.toLowerCase(), seen.raw[n + 1] ?? ""]] : []));
    return { ...seen, pairs, headers: Object.fromEntries(pairs) as Record<string, string> };
  };

  test("is the method, path, query and body as sent", async () => {
    const path = "/a%2Fb/../c;d?x=1&x=%20&y=ü".replace("ü", "%C3%BC");
    const seen = await seenBy({ method: "PUT", headers: ["content-length", "5"], body: "hello" }, path);
    expect(seen).toMatchObject({ method: "PUT", url: path, body: "hello" });
  });

  test("is a body of unknown length, also of a method that seldom has one", async () => {
    const seen = await seenBy({ method: "DELETE", headers: ["transfer-encoding", "chunked"], body: "hello" });
    expect(seen).toMatchObject({ method: "DELETE", body: "hello" });
  });

  test("is no credential of the edge, in whatever spelling, and no header of one connection only", async () => {
    const seen = await seenBy({
      headers: Object.entries({
        "x-edge-token": "s",
        "CF-Access-Client-Secret": "s",
        "cf-access-jwt-assertion": "s",
        Connection: "keep-alive, X-One-Hop",
        "x-one-hop": "s",
        upgrade: "websocket",
        te: "trailers",
        "proxy-authorization": "s",
        accept: "text/html",
      }).flat(),
    });
    expect(seen.pairs.filter(([, value]) => value === "s")).toEqual([]);
    expect(seen.headers).toMatchObject({ accept: "text/html", connection: "close" });
    expect(Object.keys(seen.headers)).not.toEqual(expect.arrayContaining(["upgrade"]));
  });

  test("is no cookie of the edge's beside the client's own", async () => {
    const headers = ["cookie", "a=1; CF_Authorization=x.y.z; b=2", "Cookie", "cf_authorization=x"];
    expect((await seenBy({ headers })).headers["cookie"]).toBe("a=1; b=2");
    expect((await seenBy({ headers: headers.slice(2) })).headers).not.toHaveProperty("cookie");
  });

  test("is one request, whatever the connection's header says of the length of its body", async () => {
    const body = "GET /second HTTP/1.1\r\nhost: x\r\n\r\n";
    const headers = ["connection", "close, content-length", "content-length", String(body.length)];
    expect((await seenBy({ headers, body })).body).toBe(body);
  });

  test("are repeated headers, each", async () => {
    const seen = await seenBy({ headers: ["x-tag", "one", "X-Tag", "two"] });
    expect(seen.pairs.filter(([name]) => name === "x-tag").map(([, value]) => value)).toEqual(["one", "two"]);
  });

  test("is production's host where the tee names it, and the shadow's own otherwise", async () => {
    const named = await seenBy({
      headers: ["x-shadow-infra-host", "shop.example.com", "x-forwarded-host", "pr-12-k3f9.shadow.example.com"],
    });
    expect(named.headers).toMatchObject({ host: "shop.example.com", "x-forwarded-host": "shop.example.com" });
    expect(named.headers).toMatchObject({ "x-forwarded-proto": "https" });
    expect(named.headers).not.toHaveProperty("x-shadow-infra-host");
    const unnamed = await seenBy({ headers: ["x-shadow-infra-host", "shop example"] });
    expect(unnamed.headers).toMatchObject({ host: "pr-12-k3f9.shadow.example.com" });
  });
});

describe("what comes back", () => {
  test("is the app's status, words, headers and bytes, and the stamp", async () => {
    const target = await app((_req, res) => {
      res.sendDate = false;
      res.writeHead(418, "Short And Stout", ["Set-Cookie", "a=1", "set-cookie", "b=2", "content-encoding", "gzip"]);
      res.end("not really gzip");
    });
    const answer = await send((await startGateway(target)).port, "/");
    expect(answer).toMatchObject({ status: 418, body: "not really gzip" });
    expect(answer.headers).toMatchObject({ "set-cookie": ["a=1", "b=2"], "x-shadow-infra-deployment": STAMP });
    expect(answer.headers).not.toHaveProperty("date");
  });

  test("is never a stamp or a word of ours that the app made up", async () => {
    const target = await app((_req, res) => {
      res.setHeader("X-Shadow-Infra-Deployment", "9-9-bbbbbbbbbbbb").setHeader("x-shadow-infra-failed", "refused");
      res.end("ok");
    });
    const answer = await send((await startGateway(target)).port, "/");
    expect(answer.headers["x-shadow-infra-deployment"]).toBe(STAMP);
    expect(answer.headers).not.toHaveProperty("x-shadow-infra-failed");
  });

  test("is the answer without its words where they cannot be passed on, and the stamp before however many headers", async () => {
    const headers = "x-many: 1\r\n".repeat(1_998);
    const bytes = `HTTP/1.1 200 a\x01b\r\n${headers}x-shadow-infra-deployment: other\r\ncontent-length: 2\r\n\r\nhi`;
    const target = await rawApp((socket) => socket.once("data", () => socket.end(bytes)));
    const { status, raw } = await send((await startGateway(target)).port, "/");
    expect(status).toBe(200);
    expect(raw.slice(0, 2)).toEqual(["x-shadow-infra-deployment", STAMP]);
    expect(raw).not.toContain("other");
  });

  test("is the length without the bytes, for HEAD", async () => {
    const target = await app((_req, res) => res.writeHead(200, { "content-length": "1234" }).end());
    const answer = await send((await startGateway(target)).port, "/", { method: "HEAD" });
    expect(answer).toMatchObject({ status: 200, body: "", headers: { "content-length": "1234" } });
  });

  test("are the app's own errors and redirects", async () => {
    const target = await app((req, res) => res.writeHead(Number(req.url?.slice(1)), { location: "/x" }).end());
    const { port } = await startGateway(target);
    for (const status of [204, 301, 304, 404, 500, 502]) {
      const answer = await send(port, `/${status}`);
      expect(answer.status).toBe(status);
      expect(answer.headers).not.toHaveProperty("x-shadow-infra-failed");
    }
  });

  test("starts before the app has ended, and 8 MB pass without being held", async () => {
    const seen = Promise.withResolvers<void>();
    const target = await app((_req, res) => {
      res.write("first");
      void seen.promise.then(() => res.end(Buffer.alloc(8 * 1024 * 1024)));
    });
    const { url } = await startGateway(target);
    const reader = (await fetch(url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first");
    seen.resolve();
    let bytes = 0;
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) bytes += part.value.length;
    expect(bytes).toBe(8 * 1024 * 1024);
  });
});

/** A server that does with each connection what it is told. */
async function rawApp(handler: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    handler(socket);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${port}`;
}

describe("an app that gives no answer", () => {
  const failedAs = async (target: string): Promise<unknown> => {
    const { status, headers } = await send((await startGateway(target)).port, "/");
    expect(status).toBe(502);
    expect(headers["x-shadow-infra-deployment"]).toBe(STAMP);
    return headers["x-shadow-infra-failed"];
  };

  test("refuses", async () => expect(await failedAs(`127.0.0.1:${await freePort()}`)).toBe("refused"));
  test("resets", async () => expect(await failedAs(await rawApp((s) => s.resetAndDestroy()))).toBe("reset"));
  test("closes without a word", async () => expect(await failedAs(await rawApp((s) => s.end()))).toBe("reset"));
  test("speaks another protocol", async () =>
    expect(await failedAs(await rawApp((s) => s.end("SSH-2.0-x\r\n\r\n")))).toBe("protocol"));
  test("has no name", async () => expect(await failedAs("nothing.invalid:80")).toBe("dns"));

  test.each([
    ["a status that there is not", "HTTP/1.1 099 No\r\ncontent-length: 0\r\n\r\n"],
    ["no status at all", "HTTP/1.1 000 No\r\ncontent-length: 0\r\n\r\n"],
    ["another protocol than was asked for", "HTTP/1.1 101 Other\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nx"],
  ])("answers with %s: it is told as that, and the gateway lives on", async (_, bytes) => {
    expect(await failedAs(await rawApp((socket) => socket.write(bytes)))).toBe("protocol");
  });

  test("breaks off in its body: the connection breaks off too, and the gateway lives on", async () => {
    const target = await rawApp((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf");
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const gateway = await startGateway(target);
    await expect(send(gateway.port, "/")).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect((await fetch(`http://127.0.0.1:${gateway.healthPort}/_shadow/healthz`)).status).toBe(200);
  });

  test("refuses while a large body is on its way", async () => {
    const { port } = await startGateway(`127.0.0.1:${await freePort()}`);
    const body = "x".repeat(100_000);
    const answer = await send(port, "/", { method: "POST", headers: ["content-length", "100000"], body });
    expect(answer.headers["x-shadow-infra-failed"]).toBe("refused");
  });
});

test("a client that goes away ends the app's work as well", async () => {
  const asked = Promise.withResolvers<void>();
  let ended = false;
  const target = await app((_req, res) => {
    res.once("close", () => (ended = true));
    asked.resolve();
  });
  const { port } = await startGateway(target);
  const client = connect(port, "127.0.0.1", () => client.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
  await asked.promise;
  client.destroy();
  expect(await waitFor(async () => ended || undefined, "the end at the app")).toBe(true);
});

test("health takes no path of the app's, and SIGTERM lets an answer under way end", async () => {
  const asked = Promise.withResolvers<void>();
  const target = await app((req, res) => {
    if (req.url === "/slow") asked.resolve();
    setTimeout(() => res.end(`app ${req.url}`), 150);
  });
  const gateway = await runGateway(target);
  expect((await send(gateway.port, "/_shadow/healthz")).body).toBe("app /_shadow/healthz");
  expect((await fetch(`http://127.0.0.1:${gateway.healthPort}/_shadow/healthz`)).status).toBe(200);
  const answer = send(gateway.port, "/slow");
  await asked.promise;
  gateway.child.kill("SIGTERM");
  expect((await answer).body).toBe("app /slow");
  expect(await gateway.ended).toBe(0);
});

test("without a target or a stamp it says what is missing", async () => {
  const nothing = run("gateway.mjs", [], { STAMP });
  expect(await nothing.ended).toBe(2);
  expect(nothing.output()).toContain("host:port");
  const unstamped = run("gateway.mjs", [], { TARGET: "web:80" });
  expect(await unstamped.ended).toBe(2);
  expect(unstamped.output()).toContain("STAMP");
});
