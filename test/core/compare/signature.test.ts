/** Signatures carry decisions over commits: this file pins them. */
import { expect, it } from "vitest";
import { signatureOf } from "../../../core/compare/signature.ts";

const parts = { route: "GET /orders/{id}", rule: "value-changed", pattern: "$.items[*].color", kind: "value" } as const;

it("gives the same signature in every version of this program", () => {
  expect(signatureOf(parts)).toBe("a2b6371ad1d89adf");
});

it("differs with each of its parts", () => {
  const all = [
    parts,
    { ...parts, route: "POST /orders/{id}" },
    { ...parts, rule: "amount-changed" },
    { ...parts, pattern: "$.items[*].size" },
    { ...parts, kind: "type" as const },
    { ...parts, kind: null },
  ].map(signatureOf);
  expect(new Set(all).size).toBe(all.length);
  for (const signature of all) expect(signature).toMatch(/^[0-9a-f]{16}$/);
});

it("does not depend on how a path's parameters are called", () => {
  expect(signatureOf({ ...parts, route: "GET /orders/{orderId}" })).toBe(signatureOf(parts));
  expect(signatureOf({ ...parts, route: "GET /{orderId}/orders" })).not.toBe(signatureOf(parts));
});
