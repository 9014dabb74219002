/**
 * The tee, unchanged, with a switch in front that breaks the platform's functions under it: our own code failing, hanging,
 * slow or wrong at what it does in the background. `POST /<mode>` to the host CONTROL turns it. What the tee and the passage of
 * a request both need (fetch, Request, Response) stays whole: without it there is no proxy at all.
 */
import tee from "../../../../workers/tee/index.ts";

const CONTROL = "chaos.control";
const never = () => new Promise(() => undefined);
const late = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const nonsense = () => crypto.getRandomValues(new Uint8Array(64));

let turn = 0;

/** Every few calls, so that each request gets to another place before it breaks. */
function sometimes(fault) {
  return function (original, self, args) {
    turn += 1;
    return turn % 3 === 0 ? fault(original, self, args) : original.apply(self, args);
  };
}

function thrown() {
  throw new Error("broken on purpose");
}

/** [where, name, what happens by mode] */
const FUNCTIONS = [
  [ReadableStreamDefaultReader.prototype, "read", { down: thrown, hang: never, slow: afterwards, garbage: wrongBytes }],
  [
    Response.prototype,
    "arrayBuffer",
    { down: thrown, hang: never, slow: afterwards, garbage: () => nonsense().buffer },
  ],
  [TextDecoder.prototype, "decode", { down: thrown, garbage: () => "\u0000]}{\uD800" }],
  [TextEncoder.prototype, "encode", { down: thrown, garbage: nonsense }],
  [JSON, "parse", { down: thrown, garbage: () => null }],
  [scheduler, "wait", { down: thrown, hang: never }],
  [Math, "random", { down: thrown, garbage: () => Number.NaN }],
];

async function afterwards(original, self, args) {
  await late(400);
  return original.apply(self, args);
}

async function wrongBytes(original, self, args) {
  const read = await original.apply(self, args);
  return read.done ? read : { done: false, value: nonsense() };
}

const originals = FUNCTIONS.map(([where, name]) => where[name]);

function set(mode) {
  for (const [at, [where, name, faults]] of FUNCTIONS.entries()) {
    const original = originals[at];
    const fault = faults[mode] === undefined ? undefined : sometimes(faults[mode]);
    const replaced = function (...args) {
      return fault(original, this, args);
    };
    where[name] = fault === undefined ? original : replaced;
  }
}

export default {
  fetch(request, env, ctx) {
    if (request.headers.get("host") !== CONTROL) return tee.fetch(request, env, ctx);
    set(new URL(request.url).pathname.slice(1));
    return new Response("set");
  },
};
