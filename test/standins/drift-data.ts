/** Sample drifts of a report API: with and without condition, of one cause on several routes, noise, open and unanswered questions. */
import type { Drift } from "../../core/wire/api/drifts.ts";

function drift(values: Partial<Drift> & Pick<Drift, "signature" | "rule" | "route" | "pattern" | "reasoning">): Drift {
  return {
    severity: "Critical",
    verdict: values.severity ?? "Critical",
    decidedBy: "rule",
    modelVersion: null,
    kind: "value",
    count: 61,
    routePairs: 62,
    firstSeen: "2026-11-21T20:00:10.000Z",
    lastSeen: new Date(Date.now() - 4_000).toISOString(),
    noise: null,
    sample: null,
    examples: ["01JD0000000000000000000001"],
    condition: null,
    noCondition: null,
    curl: null,
    cause: values.signature,
    ...values,
  };
}

type Sample = NonNullable<Drift["sample"]>;

function sample(path: string, kind: Sample["kind"], values: Pick<Sample, "reference" | "shadow">): Sample {
  return { part: "body", kind, path, pattern: path, ...values };
}

/** The route that most of them show on. */
export const ORDER = "GET /orders/{id}";

export const DRIFTS: readonly Drift[] = [
  drift({
    signature: "sig-price",
    rule: "type-changed",
    route: ORDER,
    pattern: "$.items[*].price",
    kind: "type",
    reasoning: "A number became a string: clients that calculate with it break.",
    sample: sample("$.items[0].price", "type", { reference: "19.99", shadow: '"1999"' }),
  }),
  drift({
    signature: "sig-email",
    rule: "field-removed",
    route: ORDER,
    pattern: "$.customer.email",
    kind: "missing",
    reasoning: "A field that every answer of production has is missing.",
    sample: sample("$.customer.email", "missing", { reference: '"ada@example.com"' }),
    count: 58,
    condition: {
      words: "currency=EUR and without header accept-language",
      matching: 38,
      matchingFailing: 38,
      others: 611,
      othersFailing: 0,
      pValue: 0.000_01,
    },
    curl: `curl --include --globoff "$SHADOW_URL"'/orders/17?currency=EUR'`,
  }),
  drift({
    signature: "sig-note",
    rule: "field-added",
    severity: "Warning",
    route: ORDER,
    pattern: "$.giftNote",
    kind: "extra",
    reasoning:
      "A new optional field; consumers that validate strictly would refuse it. The wish to ignore $.giftNote was refused: it would hide a value that no second answer ever moved.",
    decidedBy: "model",
    modelVersion: "claude-sonnet-4-6",
    sample: sample("$.giftNote", "extra", { shadow: '"<script>alert(1)</script>"' }),
  }),
  drift({
    signature: "sig-contract",
    rule: "contract-violated",
    severity: "Warning",
    route: ORDER,
    pattern: "$.currency",
    reasoning: "The answer breaks what the OpenAPI file promises: expected one of EUR, USD.",
    sample: sample("$.currency", "value", { reference: '"EUR"', shadow: '"euro"' }),
    count: 2,
  }),
  drift({
    signature: "sig-500",
    rule: "shadow-server-error",
    route: "GET /search",
    pattern: "status",
    reasoning: "The shadow answered 500 where production answered 200.",
    sample: { part: "status", kind: "value", path: "status", pattern: "status", reference: "200", shadow: "500" },
    count: 3,
    routePairs: 410,
    noCondition: "none",
    examples: ["01JD0000000000000000000002"],
  }),
  drift({
    signature: "sig-none",
    rule: "shadow-no-answer",
    route: "GET /reports/{id}",
    pattern: "status",
    kind: null,
    reasoning: "The shadow gave no answer in 5 s; production answered 200.",
    count: 6,
    routePairs: 44,
    noCondition: "few",
    examples: ["01JD0000000000000000000003"],
  }),
  drift({
    signature: "sig-copy",
    rule: "text-changed",
    severity: "Warning",
    verdict: "Undecided",
    route: "GET /",
    pattern: "body:line 12",
    reasoning: "The wording changed; the model has not answered yet.",
    sample: sample("body:line 12", "value", { reference: "<p>Welcome back</p>", shadow: "<p>Welcome</p>" }),
    count: 12,
    routePairs: 300,
    examples: ["01JD0000000000000000000004"],
  }),
  ...["GET /products", "GET /search"].map((name) =>
    drift({
      signature: `sig-frame ${name}`,
      rule: "security-header-changed",
      severity: "Warning",
      route: name,
      pattern: "header:x-frame-options",
      kind: "missing",
      reasoning: "A security header is gone.",
      count: 400,
      routePairs: 410,
      noCondition: "always",
      cause: "cause-frame",
      question: { state: "unavailable", reason: "Model unavailable: it gave no answer within 24 hours." },
    }),
  ),
  drift({
    signature: "sig-clock",
    rule: "value-changed",
    severity: "Warning",
    verdict: "Safe",
    route: ORDER,
    pattern: "$.servedAt",
    reasoning: "A clock.",
    count: 62,
    noise: { reason: "a time near the moment of the request on both sides", by: "volatile" },
    sample: sample("$.servedAt", "value", { reference: '"2026-11-21T20:00:10Z"', shadow: '"2026-11-21T20:00:11Z"' }),
  }),
  drift({
    signature: "sig-etag",
    rule: "header-changed",
    severity: "Warning",
    verdict: "Safe",
    route: "GET /",
    pattern: "header:etag",
    reasoning: "An opaque token.",
    count: 300,
    routePairs: 300,
    noise: { reason: "two answers of production differ here too", by: "second-answer" },
  }),
];

/** What the report proposes where a shadow has other data. */
export const SHAPE_HINT =
  'In 62 of 64 pairs most values differ and the shape does not: set "compare: shape" for these routes.';
