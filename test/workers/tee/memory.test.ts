/** Hostile bodies and clients at full mirroring, on real sockets: what they cost the isolate, and that they hold nothing for good. */
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pause, waitFor } from "../../servers/wait-for.ts";
import { bomb, HOST, MB, type Outside, SHADOW, startOutside } from "./outside.ts";
import { get, mirrorEverything, raw, type Sockets, startOnSockets } from "./sockets.ts";
import { target } from "./target.ts";

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

describe("memory stays bounded", () => {
  /** What the tee alone in its runtime may grow by. */
  const MAX_GROWTH = 32 * MB;

  test("with a client that stops reading 200 MB, and one that leaves", async () => {
    const before = tee.memory();
    const stopped = connect(tee.port, "127.0.0.1", () => stopped.write(get("/200mb")));
    await once(stopped, "data");
    stopped.pause();
    const gone = connect(tee.port, "127.0.0.1", () => gone.write(get("/200mb")));
    await once(gone, "data");
    gone.destroy();
    await pause(2_000);
    const growth = tee.memory() - before;
    stopped.destroy();
    expect(growth).toBeLessThan(MAX_GROWTH);
  });

  test("with 50 uploads of 8 MB at once", async () => {
    const body = Buffer.alloc(8 * MB, "upload");
    const fifty = (name: string) =>
      Promise.all(Array.from({ length: 50 }, (_, at) => upload(`/small?${name}-${at}`, body)));
    // The runtime's own buffers for 50 connections: a Worker that hands every request on grows by 50 to 60 MB, once.
    await fifty("first");
    const before = tee.memory();
    await fifty("many");
    expect(tee.memory() - before).toBeLessThan(MAX_GROWTH);
    expect([...outside.arrived.keys()].filter((key) => key.startsWith(`POST ${HOST} /small?many-`))).toHaveLength(50);
  });

  test("with 10 MB of gzip that would become 10 GB", async () => {
    const before = tee.memory();
    const began = performance.now();
    const reply = await raw(tee.port, get("/bomb"));
    expect(reply.body.equals(bomb())).toBe(true);
    await pause(500);
    expect(tee.memory() - before).toBeLessThan(MAX_GROWTH);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("with an answer that drips without an end, whose copy ends", async () => {
    const before = tee.memory();
    const dripping = connect(tee.port, "127.0.0.1", () => dripping.write(get("/drip")));
    await once(dripping, "data");
    dripping.resume();
    await pause(12_000);
    expect(dripping.destroyed).toBe(false);
    dripping.destroy();
    expect(tee.memory() - before).toBeLessThan(MAX_GROWTH);
    // Others are mirrored as before: the drip holds no place any more.
    await raw(tee.port, get("/small?after-drip"));
    await waitFor(async () => outside.arrived.get(`GET ${SHADOW} /small?after-drip`), "the mirrored request");
  });
});

function upload(path: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { host: HOST, "content-length": body.length };
    const outgoing = request({ host: "127.0.0.1", port: tee.port, path, method: "POST", headers, agent: false });
    outgoing.on("response", (reply) => reply.resume().on("end", resolve));
    outgoing.on("error", reject).end(body);
  });
}

test("clients that leave give their places back", async () => {
  // A host of its own: the shadow's silence opens its breaker, and that must not be what is seen below.
  const leavingHost = "leaving.test";
  await tee.lease({ [leavingHost]: target(`http://${SHADOW}`, { deploymentId: "7-2-0123456789ab" }) });
  outside.shadowHangs(true);
  for (let at = 0; at < 40; at += 1) {
    const leaving = connect(tee.port, "127.0.0.1", () =>
      leaving.write(get(`/chunked?leaving-${at}`).replace(HOST, leavingHost)),
    );
    await once(leaving, "data");
    leaving.destroy();
  }
  outside.shadowHangs(false);
  await pause(6_000);
  await raw(tee.port, get("/small?after-leaving"));
  await waitFor(async () => outside.arrived.get(`GET ${SHADOW} /small?after-leaving`), "the mirrored request");
  expect(outside.arrived.get(`GET ${SHADOW} /small?after-leaving`)).toHaveLength(1);
});
