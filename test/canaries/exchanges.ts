/**
 * Real requests and answers that carry canaries, many at once: of every carrier of `carriers.ts` its texts in one body, and
 * on the way one text in each carrier of addresses and headers.
 */
import type { CapturedPair } from "../../core/pair/captured.ts";
import type { Answer, Headers, HeaderValue } from "../../core/pair/pair.ts";
import { CARRIERS, type Carrier } from "./carriers.ts";

/** What one side answers. */
export interface Answered {
  readonly headers: Headers;
  readonly body: string;
}

/** One request of a client and the answers it meets. */
export interface Exchange {
  readonly n: number;
  readonly method: "GET" | "POST";
  /** Begins with `/c/<n>`, by which the origins know what to answer. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly prod: Answered;
  readonly shadow: Answered;
  readonly base: Answered;
}

/** A body that the capture cuts is not made by a carrier but by the cap: `cutExchanges`. */
const named = Object.entries(CARRIERS).filter(([name]) => !name.includes("cut in"));
const sampleOf = (carry: Carrier): CapturedPair => carry("x");
const BODY_CARRIERS = named.map(([, carry]) => carry).filter((carry) => sampleOf(carry).request.body !== null);
const PATH_CARRIERS = named.map(([, carry]) => carry).filter((carry) => sampleOf(carry).request.path !== "/");
const HEADER_CARRIERS = named
  .map(([, carry]) => carry)
  .filter((carry) => Object.keys(answerOf(sampleOf(carry), "prod").headers).length > 0);

/** In so many requests each text of a batch has been in every carrier; so many texts are a batch. */
export const BATCH = BODY_CARRIERS.length * 2;

function answerOf(pair: CapturedPair, side: "prod" | "shadow"): Answer {
  const answer = pair[side];
  if (!("status" in answer)) throw new Error("a carrier always answers");
  return answer;
}

/** Every text in every carrier, in request and in all answers. */
export function exchangesOf(texts: readonly string[]): readonly Exchange[] {
  const batches = Math.ceil(texts.length / BATCH);
  return Array.from({ length: batches * BATCH }, (_, n) => {
    const batch = texts.slice(Math.floor(n / BATCH) * BATCH).slice(0, BATCH);
    const at = n % BATCH;
    const carry = BODY_CARRIERS[at >> 1];
    if (carry === undefined) throw new Error("a batch has two requests for each carrier");
    return exchange({ n, carry, method: at % 2 === 0 ? "GET" : "POST", batch, one: batch[at % batch.length] ?? "" });
  });
}

interface Parts {
  readonly n: number;
  readonly carry: Carrier;
  readonly method: "GET" | "POST";
  readonly batch: readonly string[];
  /** The text that travels in headers and address. */
  readonly one: string;
}

function exchange({ n, carry, method, batch, one }: Parts): Exchange {
  const headers = headersWith(one);
  const prod = answered(carry, batch, headers);
  const sent = method === "POST" ? { ...clientHeaders(one), ...identified(one) } : clientHeaders(one);
  return {
    n,
    method,
    path: pathWith(n, one),
    headers: method === "POST" ? { ...sent, "content-type": String(prod.headers["content-type"]) } : sent,
    body: method === "POST" ? prod.body : null,
    prod,
    // The same secrets in another order differ nearly everywhere, which takes long to judge; `x-variant` always differs.
    shadow: answered(carry, n % 11 === 0 ? batch.toReversed() : batch, {
      ...headers,
      "x-variant": `of the shadow, ${n}`,
    }),
    base: answered(carry, n % 13 === 0 ? batch.toReversed() : batch, headers),
  };
}

/** What a client may send that travels to the shadow. */
function clientHeaders(one: string): Record<string, string> {
  const text = one.replaceAll(/\s+/g, " ");
  return { "user-agent": `Browser ${text}`, referer: `https://shop.test/?note=${encodeURIComponent(one)}` };
}

/** Credentials, in whose place the deployment's test identity travels. */
function identified(one: string): Record<string, string> {
  return {
    authorization: `Bearer ${one.replaceAll(/\s+/g, " ")}`,
    cookie: `lang=en; prefs=${encodeURIComponent(one)}`,
  };
}

function pathWith(n: number, one: string): string {
  const addresses = PATH_CARRIERS.map((carry) => new URL(carry(one).request.path, "http://shop.test"));
  const query = addresses.map(({ search }) => search.slice(1)).filter((part) => part !== "");
  const segments = addresses.map(({ pathname }) => pathname).filter((path) => path !== "/search");
  return `/c/${n}${segments.join("")}?${query.join("&")}`;
}

function headersWith(one: string): Headers {
  return Object.assign({}, ...HEADER_CARRIERS.map((carry) => answerOf(carry(one), "prod").headers));
}

function answered(carry: Carrier, batch: readonly string[], headers: Headers): Answered {
  const answers = batch.map((text) => answerOf(carry(text), "shadow"));
  const type = answers[0]?.headers["content-type"] ?? "text/plain";
  return {
    headers: { ...headers, "content-type": type },
    body: joined(
      type,
      answers.map(({ body }) => body),
    ),
  };
}

/** Several bodies of one type as one body of that type. */
function joined(type: HeaderValue, bodies: readonly string[]): string {
  if (type === "application/json") return `[${bodies.join(",")}]`;
  if (type === "application/x-www-form-urlencoded") return bodies.join("&");
  if (type === "application/xml") return `<all>${bodies.join("")}</all>`;
  if (!String(type).startsWith("multipart/")) return bodies.join("\n");
  return `${bodies.map((body) => body.replace(/--x1--\r\n$/, "")).join("")}--x1--\r\n`;
}

/** Of a text at the end of what is kept of a body, so many characters are beyond it. */
export const CUT_CHARS = 2;

/** Bodies that are longer than what the tee keeps, with a text just where they are cut. `n` is the first one's number. */
export function cutExchanges(texts: readonly string[], keptBytes: number, n: number): readonly Exchange[] {
  return texts.map((text, at) => {
    const type = at % 2 === 0 ? "text/plain" : "application/json";
    const [first, last] = at % 2 === 0 ? ["", " Please use "] : ['{"pad":"', '","note":"'];
    const cut = at % 2 === 0 ? text.replaceAll(/\s+/g, " ") : JSON.stringify(text).slice(1, -1);
    const padded = keptBytes - first.length - last.length - cut.length + CUT_CHARS;
    const body = `${first}${"word ".repeat(keptBytes / 5).slice(0, padded)}${last}${cut} from now on.`;
    const prod = { headers: { "content-type": type }, body };
    const shadow = { body, headers: { ...prod.headers, "x-variant": `of the shadow, ${at}` } };
    return { n: n + at, method: "GET", path: `/c/${n + at}/cut`, headers: {}, body: null, prod, shadow, base: prod };
  });
}
