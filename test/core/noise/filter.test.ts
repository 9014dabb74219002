/** What is noise and what only looks like it. Each line: one difference, with and without what would excuse it. */
import { describe, expect, it } from "vitest";
import type { Answer, Observation, PairRequest } from "../../../core/pair/pair.ts";
import { EMPTY_MEMORY, type RouteMemory } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

interface Example {
  readonly reference: unknown;
  readonly shadow: unknown;
  readonly control?: unknown;
  readonly dates?: readonly [string, string];
  readonly request?: Partial<PairRequest>;
  readonly memory?: RouteMemory;
}

function side(body: unknown, date?: string): Answer {
  return answer(body, date === undefined ? {} : { headers: { date } });
}

function countingRules({ reference, shadow, control, dates, request, memory }: Example): readonly string[] {
  const second: { control?: Observation } = control === undefined ? {} : { control: side(control, dates?.[0]) };
  const pair = pairOf({ prod: side(reference, dates?.[0]), shadow: side(shadow, dates?.[1]), ...second }, request);
  const { findings } = judge(pair, memory ?? EMPTY_MEMORY).judged;
  expect(findings.length).toBeGreaterThan(0);
  return findings.filter(({ noise }) => noise === null).map(({ rule }) => rule);
}

const NOW = "Sat, 21 Nov 2026 10:00:00 GMT";
const LATER = "Sat, 21 Nov 2026 10:00:01 GMT";
const A = "0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10";
const B = "f3a1c2d4-1b2c-4d3e-8f9a-7b6c5d4e3f21";
const TOKEN_A = "q7Rz0Lk2Xv9Tn4Ws8Yb1";
const TOKEN_B = "M3fJ6pHc5Dg0Ae8Qu2Zi";
const numbers = (from: number): number[] => Array.from({ length: 8 }, (_, i) => (i * 5 + from) % 8);

const NOISE: readonly (readonly [string, Example])[] = [
  [
    "the time of the answer",
    { reference: { x: "2026-11-21T10:00:00.123Z" }, shadow: { x: "2026-11-21T10:00:01.5Z" }, dates: [NOW, LATER] },
  ],
  [
    "two times close together, without a date",
    { reference: { x: "2026-11-21T10:00:00Z" }, shadow: { x: "2026-11-21T10:01:00Z" } },
  ],
  [
    "an expiry at the same distance",
    { reference: { x: "2026-11-21T11:00:00Z" }, shadow: { x: "2026-11-21T11:00:01Z" }, dates: [NOW, LATER] },
  ],
  [
    "Unix seconds under the name of a time",
    { reference: { createdAt: 1795255200 }, shadow: { createdAt: 1795255203 } },
  ],
  ["a UUID that nobody asked for", { reference: { x: A }, shadow: { x: B } }],
  ["an id of something just made", { reference: { id: A }, shadow: { id: B }, request: { method: "POST" } }],
  [
    "an id of the request, even if the control kept it",
    { reference: { requestId: A }, shadow: { requestId: B }, control: { requestId: A } },
  ],
  ["a random token", { reference: { x: TOKEN_A }, shadow: { x: TOKEN_B } }],
  ["a short token under its name", { reference: { csrf: "a8f3k2x9" }, shadow: { csrf: "p0q7z4m1" } }],
  [
    "a signed link that expires in Unix seconds",
    {
      reference: { x: `https://cdn.test/f.pdf?Expires=1795259100&Signature=${TOKEN_A}` },
      shadow: { x: `https://cdn.test/f.pdf?Expires=1795259103&Signature=${TOKEN_B}` },
    },
  ],
  [
    "a signed link",
    {
      reference: { u: `https://cdn.example.com/a.png?sig=${TOKEN_A}&w=2` },
      shadow: { u: `https://cdn.example.com/a.png?sig=${TOKEN_B}&w=2` },
    },
  ],
  [
    "a sentence with the time in it",
    { reference: { m: "Made at 2026-11-21T10:00:00Z for you" }, shadow: { m: "Made at 2026-11-21T10:00:09Z for you" } },
  ],
  [
    "a link to one's own port",
    { reference: { u: "http://localhost:3000/a?p=2" }, shadow: { u: "http://localhost:3001/a?p=2" } },
  ],
  [
    "a link to one's own host",
    {
      reference: { u: "https://shop.example.com/a" },
      shadow: { u: "https://pr-7-ab12.shadow.example.net/a" },
      request: { headers: { host: "shop.example.com" } },
    },
  ],
  ["a set in another order", { reference: { l: ["m", "a", "z", "k"] }, shadow: { l: ["z", "k", "m", "a"] } }],
  ["a number that moves", { reference: { n: 5 }, shadow: { n: 9 }, control: { n: 7 } }],
  [
    "elements that come and go",
    { reference: { l: ["a", "b"] }, shadow: { l: ["b", "c"] }, control: { l: ["b", "d"] } },
  ],
  [
    "a number that moved twice before",
    {
      reference: { n: 5 },
      shadow: { n: 9 },
      memory: { pairs: 5, slow: 0, secondAnswers: 0, learnedNoise: { "$.n value": 2 } },
    },
  ],
  [
    "a redacted value that rotates",
    {
      reference: { t: "redacted:string:m:k:aa" },
      shadow: { t: "redacted:string:m:k:bb" },
      control: { t: "redacted:string:m:k:cc" },
    },
  ],
];

const COUNTS: readonly (readonly [string, Example, string])[] = [
  [
    "a date far from the answer",
    { reference: { x: "2024-05-01T10:00:00Z" }, shadow: { x: "2024-06-01T10:00:00Z" }, dates: [NOW, LATER] },
    "value-changed",
  ],
  ["two days, however close", { reference: { x: "2026-11-21" }, shadow: { x: "2026-11-22" } }, "value-changed"],
  [
    "a clock that stands at 1970 where it moves anyway",
    {
      reference: { x: "2026-11-21T10:00:00Z" },
      shadow: { x: "1970-01-01T00:00:00Z" },
      control: { x: "2026-11-21T10:00:01Z" },
    },
    "value-broken",
  ],
  [
    "a time in another notation",
    { reference: { x: "2026-11-21T10:00:00Z" }, shadow: { x: "2026-11-21 10:00:00" } },
    "value-changed",
  ],
  [
    "a time without its zone",
    { reference: { x: "2026-11-21T10:00:00Z" }, shadow: { x: "2026-11-21T10:00:00" } },
    "value-changed",
  ],
  [
    "the name of a time alone",
    { reference: { updatedAt: "yesterday" }, shadow: { updatedAt: "today" } },
    "value-changed",
  ],
  ["the name of a token alone", { reference: { token: "alpha" }, shadow: { token: "beta" } }, "value-changed"],
  [
    "an id that production keeps",
    { reference: { account_id: A }, shadow: { account_id: B }, control: { account_id: A } },
    "identity-changed",
  ],
  ["a UUID that production keeps", { reference: { x: A }, shadow: { x: B }, control: { x: A } }, "value-changed"],
  [
    "an id in an answer that makes nothing",
    { reference: { owner_id: A }, shadow: { owner_id: B } },
    "identity-changed",
  ],
  [
    "a UUID that turned into a word",
    { reference: { x: A }, shadow: { x: "undefined" }, control: { x: B } },
    "value-broken",
  ],
  [
    "a token that turned null",
    { reference: { token: TOKEN_A }, shadow: { token: null }, control: { token: TOKEN_B } },
    "value-null",
  ],
  [
    "a token that turned empty",
    { reference: { token: TOKEN_A }, shadow: { token: "" }, control: { token: TOKEN_B } },
    "value-emptied",
  ],
  [
    "a clock that turned into a number",
    { reference: { at: "2026-11-21T10:00:00Z" }, shadow: { at: 1795255200 } },
    "type-changed",
  ],
  [
    "a number that moved once before",
    {
      reference: { n: 5 },
      shadow: { n: 9 },
      memory: { pairs: 5, slow: 0, secondAnswers: 0, learnedNoise: { "$.n value": 1 } },
    },
    "value-changed",
  ],
  ["a number that production keeps", { reference: { n: 5 }, shadow: { n: 9 }, control: { n: 5 } }, "value-changed"],
  [
    "somebody else's host",
    {
      reference: { u: "https://shop.example.com/a" },
      shadow: { u: "https://evil.example/a" },
      request: { headers: { host: "shop.example.com" } },
    },
    "value-changed",
  ],
  ["a lost TLS", { reference: { u: "https://localhost/a" }, shadow: { u: "http://localhost/a" } }, "value-changed"],
  [
    "another picture",
    { reference: { u: `https://cdn.example.com/${A}.png` }, shadow: { u: `https://cdn.example.com/${B}.png` } },
    "value-changed",
  ],
  [
    "a link to another path of one's own",
    { reference: { u: "http://localhost:3000/a" }, shadow: { u: "http://localhost:3001/b" } },
    "value-changed",
  ],
  [
    "words with a year in them",
    { reference: { slug: "summer-collection-2024" }, shadow: { slug: "winter-collection-2025" } },
    "value-changed",
  ],
  ["a ranking", { reference: { l: [9, 7, 4, 1] }, shadow: { l: [7, 9, 4, 1] } }, "order-changed"],
  [
    "a long list whose order the control kept",
    { reference: { l: numbers(3) }, shadow: { l: numbers(3).toReversed() }, control: { l: numbers(3) } },
    "order-changed",
  ],
  [
    "a redacted value without a second answer",
    { reference: { t: "redacted:string:m:k:aa" }, shadow: { t: "redacted:string:m:k:bb" } },
    "redacted-changed",
  ],
  [
    "a price, although another field moves",
    { reference: { price: 5, n: 1 }, shadow: { price: 6, n: 2 }, control: { price: 5, n: 3 } },
    "amount-changed",
  ],
  [
    "a negative number where it moves anyway",
    { reference: { n: 5 }, shadow: { n: -1 }, control: { n: 7 } },
    "value-changed",
  ],
];

describe("noise", () => {
  it.each(NOISE)("is %s", (_, example) => {
    expect(countingRules(example)).toEqual([]);
  });
});

describe("no noise", () => {
  it.each(COUNTS)("is %s", (_, example, rule) => {
    expect(countingRules(example)).toEqual([rule]);
  });
});

describe("headers", () => {
  const count = (left: Record<string, string>, right: Record<string, string>): readonly string[] => {
    const pair = pairOf({ prod: answer({ a: 1 }, { headers: left }), shadow: answer({ a: 2 }, { headers: right }) });
    const { findings } = judge(pair, EMPTY_MEMORY).judged;
    return findings.filter(({ noise, path }) => noise === null && path.startsWith("header:")).map(({ rule }) => rule);
  };

  it.each([
    "date",
    "etag",
    "age",
    "server",
    "via",
    "cf-ray",
    "x-request-id",
    "x-amzn-trace-id",
    "server-timing",
    "content-length",
    "traceparent",
  ])("%s is noise, also when it is gone", (name) => {
    expect(count({ [name]: "aaaa" }, { [name]: "bbbb" })).toEqual([]);
    expect(count({ [name]: "aaaa" }, {})).toEqual([]);
  });

  it("a nonce in a content security policy is noise, a lost directive is not", () => {
    const policy = (nonce: string): string => `script-src 'nonce-${nonce}'; object-src 'none'`;
    expect(
      count({ "content-security-policy": policy(TOKEN_A) }, { "content-security-policy": policy(TOKEN_B) }),
    ).toEqual([]);
    expect(
      count({ "content-security-policy": policy(TOKEN_A) }, { "content-security-policy": "object-src 'none'" }),
    ).toEqual(["security-header-changed"]);
  });
});
