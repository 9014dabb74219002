/**
 * The tee on the runtime's own network, by `wrangler dev`: the test harness sends outgoing requests through Node, which decodes
 * bodies, follows redirects and cannot upgrade. What must not differ by a byte is tested here.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../servers/free-port.ts";
import { type Listening, listen } from "../../servers/http.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { send } from "./client.ts";

const gzipped = gzipSync(JSON.stringify({ text: "x".repeat(5_000) }), { level: 9 });

let prod: Listening;
let dev: ChildProcess;
let state: string;
let url: string;

beforeAll(async () => {
  prod = await listen((incoming, response) => {
    if (incoming.url === "/moved") response.writeHead(302, { location: "/elsewhere?x=1" }).end();
    else if (incoming.url === "/gzip") sendGzipped(response);
    else response.end("ok");
  });
  prod.server.on("upgrade", (incoming, socket) => {
    const key = `${incoming.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    // One unmasked text frame: "hi".
    socket.write(Buffer.from([0x81, 2, 0x68, 0x69]));
  });
  state = await mkdtemp(join(tmpdir(), "tee-network-"));
  await writeFile(join(state, "env"), "SHADOW_INFRA_REDACTION_KEY=test-redaction-key\n");
  url = await startDev();
});

afterAll(async () => {
  dev?.kill("SIGTERM");
  await prod?.close();
  await rm(state, { recursive: true, force: true });
});

function sendGzipped(response: ServerResponse): void {
  response.setHeader("content-encoding", "gzip");
  response.end(gzipped);
}

async function startDev(): Promise<string> {
  const [port, inspector] = [await freePort(), await freePort()];
  const flags = ["--ip", "127.0.0.1", "--port", `${port}`, "--inspector-port", `${inspector}`, "--persist-to", state];
  const settings = ["--var", `SHADOW_INFRA_PROD_URL:${prod.url}`, "--env-file", join(state, "env")];
  const configs = ["-c", "wrangler.toml", "-c", "workers/report/wrangler.toml"];
  dev = spawn("node_modules/.bin/wrangler", ["dev", ...configs, ...flags, ...settings], { stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  const isUp = () =>
    send(address, { host: "up.test", path: "/" }).then(
      (reply) => reply.status === 200 || undefined,
      () => undefined,
    );
  await waitFor(isUp, "the tee", 60_000);
  return address;
}

test("compressed bytes reach the client as production sent them", async () => {
  const reply = await send(url, { host: "a.test", path: "/gzip", headers: { "accept-encoding": "gzip" } });
  expect(reply.body).toEqual(gzipped);
  expect(reply.headers["content-length"]).toBe(String(gzipped.byteLength));
});

test("a redirect is the client's to follow", async () => {
  const reply = await send(url, { host: "a.test", path: "/moved" });
  expect([reply.status, reply.headers.location]).toEqual([302, "/elsewhere?x=1"]);
});

test("a WebSocket passes through", async () => {
  const headers = {
    upgrade: "websocket",
    connection: "upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  };
  const frame = await new Promise<Buffer>((resolve, reject) => {
    const outgoing = request(url, { headers });
    outgoing.on("upgrade", (_, socket, head) => (head.length > 0 ? resolve(head) : socket.once("data", resolve)));
    outgoing.on("response", (response) => reject(new Error(`answered ${response.statusCode}`)));
    outgoing.on("error", reject);
    outgoing.end();
  });
  expect(frame.subarray(2).toString()).toBe("hi");
});

test("a production that refuses looks like a gateway's error, without a word of ours", async () => {
  await prod.close();
  const reply = await send(url, { host: "a.test", path: "/" });
  expect([reply.status, reply.body.toString()]).toEqual([502, "Bad Gateway\n"]);
});
