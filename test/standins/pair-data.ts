/** Sample pairs of a report API: JSON, text, binary, cut and missing answers, and a pair whose answers were not kept. */
import type { PairDetail } from "../../core/wire/api/pairs.ts";
import { MAIN_ID } from "./report-data.ts";

type Exchange = NonNullable<PairDetail["exchange"]>;
type Side = Exchange["prod"];
type Finding = PairDetail["findings"][number];

export const JSON_PAIR = "01JD0000000000000000000001";
export const NO_ANSWER_PAIR = "01JD0000000000000000000003";
export const TEXT_PAIR = "01JD0000000000000000000004";
export const BINARY_PAIR = "01JD0000000000000000000005";
export const CUT_PAIR = "01JD0000000000000000000006";
export const BASE_PAIR = "01JD0000000000000000000009";
export const UNKEPT_PAIR = "01JD0000000000000000000007";
export const SETTLED_PAIR = "01JD0000000000000000000008";

function finding(values: Partial<Finding> & Pick<Finding, "rule" | "path" | "reason">): Finding {
  const severity = values.severity ?? "Critical";
  return {
    severity,
    signature: `sig ${values.path}`,
    noise: null,
    pattern: values.path,
    floor: severity,
    ceiling: severity,
    differences: [],
    ...values,
  };
}

function pair(id: string, exchange: Exchange | null, values: Partial<PairDetail> = {}): PairDetail {
  const prod = exchange?.prod;
  const shadow = exchange?.shadow;
  return {
    id,
    deploymentId: MAIN_ID,
    route: "GET /orders/{id}",
    method: "GET",
    path: exchange?.request.path ?? "/orders/17",
    capturedAt: "2026-11-21T21:00:00.000Z",
    equal: false,
    prodStatus: prod !== undefined && "status" in prod ? prod.status : exchange === null ? 200 : null,
    shadowStatus: shadow !== undefined && "status" in shadow ? shadow.status : exchange === null ? 200 : null,
    shadowFailed: shadow !== undefined && "failed" in shadow ? shadow.failed : null,
    prodLatencyMs: prod?.latencyMs ?? 12,
    shadowLatencyMs: shadow?.latencyMs ?? 18.4,
    verdict: "Critical",
    decidedBy: "rule",
    reasoning: "A number became a string: clients that calculate with it break.",
    modelVersion: null,
    findings: [],
    exchange,
    ...values,
  };
}

function request(path: string): Exchange["request"] {
  const headers = { accept: "application/json", "x-client-key": "redacted:string:17-32:k1:9f8e7d6c5b4a" };
  return { method: "GET", path, headers, body: null };
}

function answer(body: string, values: Partial<Extract<Side, { status: number }>> = {}): Side {
  return { status: 200, headers: { "content-type": "application/json" }, body, latencyMs: 21.3, ...values };
}

const ITEMS = Array.from({ length: 9 }, (_, at) => ({ sku: `SKU-${at}`, count: at + 1, price: 19.99 + at }));

const PROD_ORDER = JSON.stringify({
  reference: 9007199254740992,
  servedAt: "2026-11-21T21:00:00Z",
  customer: { name: "Ada", email: "ada@example.com" },
  items: ITEMS,
  note: "<img src=x onerror=alert(1)>",
  tags: ["gift", "fragile", "insured"],
}).replace("9007199254740992", "9007199254740993");

const SHADOW_ORDER = JSON.stringify({
  reference: 9007199254740992,
  servedAt: "2026-11-21T21:00:01Z",
  customer: { name: "Ada" },
  items: ITEMS.filter((item) => item.count !== 8).map((item) => (item.count === 2 ? { ...item, price: "2099" } : item)),
  note: "<img src=x onerror=alert(1)>",
  tags: ["insured", "gift", "fragile"],
  giftNote: "<script>alert(1)</script> \u202egnp.exe",
});

const JSON_FINDINGS: readonly Finding[] = [
  finding({
    rule: "type-changed",
    path: "$.items[1].price",
    pattern: "$.items[*].price",
    reason: "A number became a string: clients that calculate with it break.",
    differences: [
      {
        part: "body",
        kind: "type",
        path: "$.items[1].price",
        pattern: "$.items[*].price",
        reference: "20.99",
        shadow: '"2099"',
      },
    ],
  }),
  finding({ rule: "field-removed", path: "$.customer.email", reason: "A field that production has is missing." }),
  finding({ rule: "items-dropped", path: "$.items[7]", reason: "An element of the list is missing." }),
  finding({ rule: "big-integer-changed", path: "$.reference", reason: "An integer beyond 2^53 differs in a digit." }),
  finding({ rule: "field-added", severity: "Warning", path: "$.giftNote", reason: "A field was added." }),
  finding({
    rule: "value-changed",
    severity: "Warning",
    path: "$.servedAt",
    reason: "The value changed.",
    noise: { reason: "a time near the moment of the request on both sides" },
  }),
  finding({
    rule: "header-changed",
    severity: "Warning",
    path: "header:etag",
    reason: "The header changed.",
    noise: { reason: "an opaque token" },
  }),
];

const JSON_EXCHANGE: Exchange = {
  request: request("/orders/17?expand=items&session=redacted%3Astring%3A9-16%3Ak1%3A0a1b2c3d"),
  prod: answer(PROD_ORDER, {
    headers: { "content-type": "application/json", etag: '"a1"', "set-cookie": ["a=1; HttpOnly", "b=2"] },
  }),
  shadow: answer(SHADOW_ORDER, {
    headers: { "content-type": "application/json", etag: '"b7"', "set-cookie": ["a=1", "b=2"], "x-debug": "on" },
    latencyMs: 34,
  }),
};

const PAGE = Array.from({ length: 30 }, (_, at) => `<li>line ${at}</li>`);

const TEXT_EXCHANGE: Exchange = {
  request: request("/"),
  prod: answer([...PAGE, "<p>Welcome back</p>", "</html>", ""].join("\n"), {
    headers: { "content-type": "text/html" },
  }),
  shadow: answer(["<h1>New</h1>", ...PAGE, "<p>Welcome</p>", "</html>", ""].join("\n"), {
    headers: { "content-type": "text/html" },
  }),
};

const LOGO: Partial<Extract<Side, { status: number }>> = {
  bodyEncoding: "base64",
  headers: { "content-type": "image/png" },
};

export const PAIRS: readonly PairDetail[] = [
  pair(JSON_PAIR, JSON_EXCHANGE, { findings: [...JSON_FINDINGS] }),
  pair(
    NO_ANSWER_PAIR,
    { request: request("/reports/9"), prod: answer('{"ok":true}'), shadow: { failed: "timeout", latencyMs: 5_000 } },
    { reasoning: "The shadow gave no answer in 5 s; production answered 200.", route: "GET /reports/{id}" },
  ),
  pair(TEXT_PAIR, TEXT_EXCHANGE, { verdict: "Undecided", reasoning: "The wording changed.", route: "GET /" }),
  pair(
    BINARY_PAIR,
    { request: request("/logo.png"), prod: answer("iVBORw0KGgo=", LOGO), shadow: answer("iVBORw0KGgp=", LOGO) },
    { verdict: "Warning", reasoning: "The bytes differ.", route: "GET /logo.png" },
  ),
  pair(
    CUT_PAIR,
    {
      request: request("/export"),
      prod: answer('[{"a":1},{"b"', { truncated: true, bodyBytes: 4_200_000 }),
      shadow: answer('[{"a":1},{"c"', { truncated: true, bodyBytes: 4_199_000 }),
    },
    { verdict: "Warning", reasoning: "The beginnings differ.", route: "GET /export" },
  ),
  pair(
    BASE_PAIR,
    {
      request: request("/prices/3"),
      prod: answer('{"price":3,"stock":"from production"}'),
      base: answer('{"price":3,"stock":"from the base"}'),
      baseAgain: answer('{"price":3,"stock":"from the base"}'),
      shadow: answer('{"price":4,"stock":"from the base"}'),
    },
    { reasoning: "The value changed.", route: "GET /prices/{id}" },
  ),
  pair(UNKEPT_PAIR, null, { verdict: "Safe", reasoning: "Only noise differs." }),
  pair(SETTLED_PAIR, null, { verdict: "Safe", reasoning: "The answers are equal byte for byte.", equal: true }),
];
