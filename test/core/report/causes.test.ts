import { expect, test } from "vitest";
import { type CauseParts, causeOf } from "../../../core/report/causes.ts";

const header: CauseParts = {
  rule: "header-changed",
  pattern: "header:x-frame-options",
  kind: "value",
  sample: { reference: '"DENY"', shadow: '"SAMEORIGIN"' },
};
const field: CauseParts = {
  rule: "type-changed",
  pattern: "$.items[*].price",
  kind: "type",
  sample: { reference: "19.99", shadow: '"1999"' },
};

test("the same change of a header is one cause, another value of it another one", () => {
  expect(causeOf({ ...header })).toBe(causeOf(header));
  expect(causeOf({ ...header, sample: { reference: '"DENY"', shadow: '"ALLOW"' } })).not.toBe(causeOf(header));
  expect(causeOf({ ...header, rule: "security-header-changed" })).not.toBe(causeOf(header));
});

test("a field that changed its type is one cause wherever it lies, whatever its values", () => {
  const elsewhere = { ...field, pattern: "$.cart.lines[*].price", sample: { reference: "5", shadow: '"500"' } };
  expect(causeOf(elsewhere)).toBe(causeOf(field));
  expect(causeOf({ ...field, pattern: "$.items[*].amount" })).not.toBe(causeOf(field));
  expect(causeOf({ ...field, sample: { reference: "19.99", shadow: "null" } })).not.toBe(causeOf(field));
});

test("what is gone is one cause by its type, and a finding on whole pairs by its rule", () => {
  const gone: CauseParts = {
    rule: "header-removed",
    pattern: "header:x-id",
    kind: "missing",
    sample: { reference: '"a"' },
  };
  expect(causeOf({ ...gone, sample: { reference: '"b"' } })).toBe(causeOf(gone));
  const failed: CauseParts = { rule: "no-answer", pattern: "answer", kind: null, sample: null };
  expect(causeOf({ ...failed })).toBe(causeOf(failed));
  expect(causeOf(failed)).not.toBe(causeOf({ ...failed, rule: "latency-slow" }));
});
