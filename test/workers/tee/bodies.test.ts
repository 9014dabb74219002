/** What reaches the client and production at full mirroring, byte for byte, on real sockets: every kind of body. */
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../servers/wait-for.ts";
import { ANSWERS, HOST, MB, type Outside, SHADOW, startOutside } from "./outside.ts";
import { get, mirrorEverything, raw, type Sockets, startOnSockets } from "./sockets.ts";

let outside: Outside;
let tee: Sockets;

beforeAll(async () => {
  outside = await startOutside();
  tee = await startOnSockets(outside.port);
  await mirrorEverything(tee, outside);
});

afterAll(async () => {
  await tee?.close();
  await outside?.close();
});

describe("the client's bytes are production's", () => {
  const paths = Object.keys(ANSWERS).filter((path) => !/mb$|bomb|drip/.test(path));

  test.each(paths)("GET %s", async (path) => {
    const [direct, through] = [await raw(outside.port, get(path)), await raw(tee.port, get(path))];
    expect(through.head).toEqual(direct.head);
    expect(through.body.equals(direct.body)).toBe(true);
  });

  test.each(paths)("HEAD %s", async (path) => {
    const [direct, through] = [await raw(outside.port, get(path, "HEAD")), await raw(tee.port, get(path, "HEAD"))];
    expect(through.head).toEqual(direct.head);
    expect(through.body).toHaveLength(0);
  });

  test("100 MB", async () => {
    const [direct, through] = [await raw(outside.port, get("/100mb")), await raw(tee.port, get("/100mb"))];
    expect(through.head).toEqual(direct.head);
    expect(through.body).toHaveLength(100 * MB);
    expect(through.body.equals(direct.body)).toBe(true);
  });
});

describe("production's bytes are the client's, once", () => {
  const sizes = [0, 1, 1_024, 60 * 1_024, 64 * 1_024, 64 * 1_024 + 1, MB, 100 * MB];

  test.each(sizes)("%i B of each method that carries a body", async (size) => {
    const body = Buffer.alloc(size, "upload");
    const methods = size > MB ? ["POST"] : ["POST", "PUT", "PATCH", "DELETE"];
    for (const method of methods) {
      const path = `/small?upload-${size}`;
      const head = `${method} ${path} HTTP/1.1\r\nhost: ${HOST}\r\ncontent-length: ${size}\r\nconnection: close\r\n\r\n`;
      const reply = await raw(tee.port, Buffer.concat([Buffer.from(head), body]));
      expect(reply.head[0]).toBe("HTTP/1.1 200 OK");
      const digest = createHash("sha256").update(body).digest("hex");
      expect(outside.arrived.get(`${method} ${HOST} ${path}`)).toEqual([`${size} ${digest} ${size}`]);
    }
  });

  test("of a GET that carries a body, which is not mirrored", async () => {
    const head = `GET /small?with-body HTTP/1.1\r\nhost: ${HOST}\r\ncontent-length: 5\r\nconnection: close\r\n\r\n`;
    const reply = await raw(tee.port, `${head}hello`);
    expect(reply.head[0]).toBe("HTTP/1.1 200 OK");
    const digest = createHash("sha256").update("hello").digest("hex");
    expect(outside.arrived.get(`GET ${HOST} /small?with-body`)).toEqual([`5 ${digest} 5`]);
  });

  test("of a chunked upload", async () => {
    const head = `POST /small?chunked HTTP/1.1\r\nhost: ${HOST}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n`;
    await raw(tee.port, `${head}5\r\nhello\r\n0\r\n\r\n`);
    const digest = createHash("sha256").update("hello").digest("hex");
    expect(outside.arrived.get(`POST ${HOST} /small?chunked`)).toEqual([`5 ${digest} undefined`]);
  });
});

test("a WebSocket passes through at full mirroring, and no shadow hears of it", async () => {
  const upgrade = "upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==";
  const asked = `GET /socket HTTP/1.1\r\nhost: ${HOST}\r\nconnection: upgrade\r\n${upgrade}\r\n\r\n`;
  const socket = connect(tee.port, "127.0.0.1", () => socket.write(asked));
  let received = Buffer.alloc(0);
  socket.on("data", (chunk) => (received = Buffer.concat([received, chunk])));
  await waitFor(async () => received.toString("latin1").endsWith("hi") || undefined, "the frame");
  expect(received.toString("latin1")).toMatch(/^HTTP\/1\.1 101 /);
  socket.destroy();
  expect(outside.arrived.has(`GET ${SHADOW} /socket`)).toBe(false);
});
