/**
 * The gateway in front of a stack: passes requests on to the service that answers, takes the edge's credentials off, and stamps every
 * answer with the deployment's id. Plain JavaScript without a dependency, because it runs as a container of its own beside code under
 * review. It must not answer in the app's name: where the app gave no answer, it says so in a header and the tee counts no answer.
 *
 * Settings: TARGET `host:port`, STAMP, STRIP_HEADERS `name,name`, PORT (8080), HEALTH_PORT (8081: `/_shadow/healthz`).
 */
import { lookup } from "node:dns";
import { request as ask, createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { answerHeaders, requestHeaders } from "./headers.mjs";
import { patient } from "./lookup.mjs";

/** The tee waits 5 seconds for an answer; a connection that takes as long will not come. */
const CONNECT_LIMIT_MS = 5_000;
/** Silence of the app after which nobody waits any more. Well over the tee's own limit, so that the tee's decides. */
const SILENCE_LIMIT_MS = 30_000;
/** Longer than what stands in front keeps idle connections (cloudflared 90 s, ingress-nginx 60 s): they must close first. */
const KEEP_ALIVE_MS = 95_000;
/** The largest headers that common front ends let through (nginx: 4 times 8 KB, Cloudflare: 128 KB). */
const MAX_HEADER_BYTES = 128 * 1024;
/** Time for answers under way when the pod is ended: the tee waits no longer for one. Less than the pod's grace. */
const DRAIN_MS = 5_000;

/** The lowest there is (RFC 9110, section 15), and what its text may consist of (RFC 9112, section 4). */
const FIRST_STATUS = 100;
const STATUS_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

const lookUp = patient(lookup);

/** Why there was no answer, in the tee's words, by Node's error code. */
const REASONS = new Map([
  ["ECONNREFUSED", "refused"],
  ["EHOSTUNREACH", "refused"],
  ["ENETUNREACH", "refused"],
  ["ENOTFOUND", "dns"],
  ["EAI_AGAIN", "dns"],
  ["ETIMEDOUT", "timeout"],
  ["ECONNRESET", "reset"],
  ["EPIPE", "reset"],
]);

/** Starts both servers and resolves with their ports and `stop`, once they listen. */
export async function startGateway({ target, stamp, strip, port, healthPort, host = "0.0.0.0" }) {
  const settings = { ...targetOf(target), stamp, strip: new Set(strip.map((name) => name.toLowerCase())) };
  const gateway = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }, (req, res) =>
    pass(req, res, settings),
  );
  // On a port of its own, so that no path is taken from the app.
  const health = createServer((req, res) => res.writeHead(req.url === "/_shadow/healthz" ? 200 : 404).end());
  await Promise.all([listening(gateway, port, host), listening(health, healthPort, host)]);
  return {
    port: gateway.address().port,
    healthPort: health.address().port,
    stop: () => Promise.all([drained(gateway), drained(health)]),
  };
}

/** A connection for each request: one kept open could be closed by the app just then, and that would look like its fault. */
function pass(req, res, settings) {
  let upstream;
  try {
    upstream = ask({
      host: settings.host,
      port: settings.port,
      method: req.method,
      path: req.url,
      headers: requestHeaders(req, settings.strip),
      agent: false,
      lookup: lookUp,
      setHost: false,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
  } catch {
    return noAnswer(res, "protocol", settings.stamp);
  }
  const connecting = setTimeout(() => upstream.destroy(limit()), CONNECT_LIMIT_MS);
  upstream.once("socket", (socket) => socket.once("connect", () => clearTimeout(connecting)));
  upstream.setTimeout(SILENCE_LIMIT_MS, () => upstream.destroy(limit()));
  upstream.once("close", () => {
    clearTimeout(connecting);
    // However it ended without an answer, the client is told so and does not wait.
    if (!res.headersSent) noAnswer(res, "reset", settings.stamp);
  });
  upstream.on("error", (error) => noAnswer(res, reasonOf(error), settings.stamp));
  upstream.once("response", (answer) => handBack(answer, res, settings.stamp));
  // Nobody asked for another protocol: upgrades are never mirrored.
  upstream.once("upgrade", (_answer, socket) => {
    socket.destroy();
    noAnswer(res, "protocol", settings.stamp);
  });
  // A client that goes away is no reason to keep the app busy.
  res.once("close", () => upstream.destroy());
  req.once("error", () => upstream.destroy());
  req.pipe(upstream);
}

function handBack(answer, res, stamp) {
  // What is read leniently is not always what may be written: the app must not be able to end the gateway with its answer.
  if (answer.statusCode < FIRST_STATUS) {
    answer.destroy();
    return noAnswer(res, "protocol", stamp);
  }
  const words = STATUS_TEXT.test(answer.statusMessage) ? answer.statusMessage : "";
  res.sendDate = false;
  res.writeHead(answer.statusCode, words, answerHeaders(answer.rawHeaders, stamp));
  res.flushHeaders();
  // An answer that breaks off breaks off here too: its head is out, so the connection is all there is to say it with.
  answer.once("error", () => res.destroy());
  answer.once("aborted", () => res.destroy());
  answer.pipe(res);
}

/** Before the first byte of an answer: stamped, so that it is known to be this stack, and marked as no answer of the app's. */
function noAnswer(res, reason, stamp) {
  if (res.headersSent) return void res.destroy();
  if (res.destroyed) return;
  const words = `The app gave no answer: ${reason}.\n`;
  res.writeHead(502, {
    "content-type": "text/plain",
    "content-length": Buffer.byteLength(words),
    "x-shadow-infra-deployment": stamp,
    "x-shadow-infra-failed": reason,
    // What is left of the request's body is not waited for.
    connection: "close",
  });
  res.end(words);
}

function limit() {
  return Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" });
}

function reasonOf({ code = "" }) {
  return REASONS.get(code) ?? (code.startsWith("HPE_") ? "protocol" : "reset");
}

/** `db:5432`, `[::1]:5432`. */
function targetOf(text) {
  const [, host, port] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text)?.filter((part) => part !== undefined) ?? [];
  if (port === undefined) throw new Error(`TARGET is "${text}". It has to be host:port, such as web:3000.`);
  return { host, port: Number(port) };
}

function listening(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

function drained(server) {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => resolve(clearTimeout(late)));
    server.closeIdleConnections();
  });
}

async function main({ TARGET = "", STAMP = "", STRIP_HEADERS = "", PORT = "8080", HEALTH_PORT = "8081" }) {
  if (STAMP === "") throw new Error("STAMP is empty. It has to be the deployment's id.");
  const strip = STRIP_HEADERS.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  const ports = { port: Number(PORT), healthPort: Number(HEALTH_PORT) };
  const gateway = await startGateway({ target: TARGET, stamp: STAMP, strip, ...ports });
  console.log(`Passes port ${gateway.port} on to ${TARGET} as ${STAMP}.`);
  process.once("SIGTERM", () => void gateway.stop().then(() => process.exit(0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main(process.env);
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}
