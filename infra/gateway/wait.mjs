/**
 * Waits until each `host:port` given accepts a TCP connection: what an init container runs for `depends_on`. In a cluster a Service
 * accepts as soon as a pod behind it is ready, so one look serves *started* and *healthy*. Plain JavaScript without a dependency.
 *
 * Settings: WAIT_LIMIT_MS (600000). Ends with 0 when all accept, 1 when the time is up, 2 for wrong usage.
 */
import { connect } from "node:net";

/** A stack's own start limit is the provisioner's and shorter; this only keeps a forgotten pod from waiting for ever. */
const DEFAULT_LIMIT_MS = 600_000;
const PAUSE_MS = 500;
const CONNECT_LIMIT_MS = 2_000;
/** How often it says what it waits for. */
const WORDS_EVERY_MS = 10_000;

const addresses = process.argv.slice(2).map((text) => {
  const [, host, port] = /^\[?(.+?)\]?:(\d{1,5})$/.exec(text) ?? [];
  return host === undefined
    ? fail(2, `"${text}" is no address. Write host:port, such as db:5432.`)
    : { host, port, text };
});
if (addresses.length === 0) fail(2, "Nothing to wait for. Write node wait.mjs host:port [host:port ...].");

const limitMs = Number(process.env.WAIT_LIMIT_MS ?? DEFAULT_LIMIT_MS);
const startedAt = Date.now();
for (const address of addresses) await accepts(address);

async function accepts({ host, port, text }) {
  let [why, saidAt] = ["", 0];
  while ((why = await refusal(host, port)) !== null) {
    const waitedMs = Date.now() - startedAt;
    if (waitedMs >= limitMs)
      fail(
        1,
        `${text} accepted no connection in ${Math.round(limitMs / 1000)} s (last: ${why}). Does that service start and listen there?`,
      );
    if (Date.now() - saidAt >= WORDS_EVERY_MS) {
      console.log(`Waits for ${text}: ${why}.`);
      saidAt = Date.now();
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE_MS, limitMs - waitedMs)));
  }
  console.log(`${text} accepts connections.`);
}

/** Null: it accepts. */
function refusal(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: CONNECT_LIMIT_MS });
    const end = (why) => {
      socket.destroy();
      resolve(why);
    };
    socket.once("connect", () => end(null));
    socket.once("timeout", () => end("no answer"));
    socket.once("error", (error) => end(error.code ?? error.message));
  });
}

function fail(code, words) {
  console.error(words);
  process.exit(code);
}
