/**
 * The tee on real sockets, as a deployment has it: workerd alone, every outgoing request over its own network to one server
 * that tells by the Host what is asked for. No proxy in front (`wrangler dev` has one), no Node behind (the test harness has).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MirrorTarget } from "../../../core/wire/target.ts";
import { type Command, type Running, startProcess, stopAll } from "../../../infra/local/processes.ts";
import { type Bundle, bundle } from "../../bench/bundle.ts";
import { workerdConfig } from "../../bench/workerd-config.ts";
import { ROOT } from "../../layout/project-tree.ts";
import { freePort } from "../../servers/free-port.ts";
import { waitFor } from "../../servers/wait-for.ts";
import { send } from "./client.ts";
import { HOST, type Outside, SHADOW } from "./outside.ts";
import { target } from "./target.ts";

const WORKERD = join(ROOT, "node_modules", "workerd", "bin", "workerd");

export interface Sockets {
  readonly port: number;
  /** Registers targets by host. */
  lease(targets: Readonly<Record<string, MirrorTarget>>): Promise<void>;
  /** Resident memory of the runtime, bytes. */
  memory(): number;
  close(): Promise<void>;
}

/** Starts the tee with its registry; whatever it sends goes to `outsidePort`. */
export async function startOnSockets(outsidePort: number): Promise<Sockets> {
  const folder = mkdtempSync(join(tmpdir(), "tee-sockets-"));
  const running: Running[] = [];
  const start = (command: Command): Running => {
    const one = startProcess(command);
    running.push(one);
    return one;
  };
  const ports = { tee: await freePort(), control: await freePort() };
  const [tee, report, control] = await Promise.all(
    ["wrangler.toml", "workers/report/wrangler.toml", "test/bench/control/wrangler.toml"].map((file) =>
      bundle(file, folder, start),
    ),
  );
  if (tee === undefined || report === undefined || control === undefined) throw new Error("a Worker was not built");
  const runtime = start(
    runtimeCommand(folder, outsidePort, [
      { bundle: tee, port: ports.tee },
      { bundle: report },
      { bundle: control, port: ports.control },
    ]),
  );
  const lease = async (targets: Readonly<Record<string, MirrorTarget>>): Promise<void> => {
    const body = Buffer.from(JSON.stringify(targets));
    await send(`http://127.0.0.1:${ports.control}`, { host: "control", path: "/", method: "POST", body });
  };
  await waitFor(
    () =>
      lease({}).then(
        () => true,
        () => undefined,
      ),
    "the runtime",
    60_000,
  );
  return {
    port: ports.tee,
    lease,
    memory: () => residentBytes(runtime.child.pid ?? 0),
    async close() {
      await stopAll(running);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runtimeCommand(
  folder: string,
  outsidePort: number,
  services: readonly { readonly bundle: Bundle; readonly port?: number }[],
): Command {
  const [storage, file] = [join(folder, "storage"), join(folder, "config.capnp")];
  mkdirSync(storage);
  writeFileSync(file, workerdConfig({ services, outsidePort, secret: "test-redaction-key", folder, storage }));
  const logFile = join(folder, "workerd.log");
  return { title: "workerd", program: WORKERD, args: ["serve", file], cwd: ROOT, env: process.env, logFile };
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

/** What came over the connection, to the byte: head and body as sent, chunk sizes included. */
export interface Raw {
  /** Status line and headers in order, without those of the connection itself and the clock. */
  readonly head: readonly string[];
  readonly body: Buffer;
}

/** One request on a connection of its own; `text` is the request as it is written, head and body. */
export function raw(port: number, text: string | Buffer): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (chunk) => chunks.push(chunk)).on("error", reject);
    socket.on("close", () => resolve(taken(Buffer.concat(chunks))));
  });
}

function taken(all: Buffer): Raw {
  const end = all.indexOf("\r\n\r\n");
  const lines = all.subarray(0, end).toString("latin1").split("\r\n");
  const head = lines.map((line, at) => (at === 0 ? line : line.replace(/^[^:]+/, (name) => name.toLowerCase())));
  const body = all.subarray(end + 4);
  return {
    head: head.filter((line) => !/^(?:connection|keep-alive|date):/.test(line)).toSorted(),
    body: head.includes("transfer-encoding: chunked") ? unchunked(body) : body,
  };
}

/** Where a stream is cut into chunks is each hop's own business. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const line = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.subarray(at, line).toString("latin1"), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

/** A GET to the mirrored host on a connection of its own. */
export function get(path: string, method = "GET"): string {
  return `${method} ${path} HTTP/1.1\r\nhost: ${HOST}\r\naccept-encoding: gzip, br\r\nconnection: close\r\n\r\n`;
}

/** Mirrors every method of `HOST` to `SHADOW`, with a second answer of production each, and waits until it does. */
export async function mirrorEverything(tee: Sockets, { arrived }: Outside): Promise<void> {
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  await tee.lease({ [HOST]: target(`http://${SHADOW}`, { methods, controlShare: 1 }) });
  const mirrored = async (): Promise<true | undefined> => {
    await raw(tee.port, get("/warm"));
    return arrived.has(`GET ${SHADOW} /warm`) || undefined;
  };
  await waitFor(mirrored, "the first mirrored request");
}
