import { describe, expect, test } from "vitest";
import { classOf, SHORT_TOKEN, sharedClass } from "../../../core/noise/volatile.ts";

test.each([
  ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "uuid"],
  ["{0B9E6C51-8A8F-4C3E-9F5E-0D6B1F6F7A10}", "uuid"],
  ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "ulid"],
  ["507f1f77bcf86cd799439011", "object-id"],
  ["9e107d9d372bb6826bd81d3542a419d6", "hex"],
  ["eyJhbGciOiJub25lIn0.eyJhIjoxfQ.", "jwt"],
  ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "traceparent"],
  ["q7Rz0Lk2Xv9Tn4Ws8Yb1", "token"],
  ["sess_q7Rz0Lk2Xv9Tn4Ws8Yb1", "token"],
  ["q7Rz0Lk2/v9Tn4Ws+Yb1zzQ8==", "token"],
])("%s is of the class %s", (text, id) => {
  expect(classOf(text)?.id).toBe(id);
});

test.each([
  "",
  "hello",
  "internationalization",
  "Order-2026-000123",
  "images/2026/11/Photo12.png",
  "shop.example.com",
  "zzzzzzzzzzzzzzzz1111",
  "123456789012345678",
  "The quick brown fox 42",
  "PRODUCT_CATEGORY_NAME_1",
])("%j is of no class", (text) => {
  expect(classOf(text)).toBeNull();
});

describe("two texts share a class", () => {
  test.each([
    ["q7Rz0Lk2Xv9Tn4Ws8Yb1", "M3fJ6pHc5Dg0Ae8Qu2Zi", "token"],
    ["q7Rz0Lk2Xv9Tn4Ws8Yb1", "M3fJ6pHc5Dg0Ae8Qu2ZiM3fJ6pHc5Dg0Ae8Qu2Zi", null],
    ["q7Rz0Lk2Xv9Tn4Ws8Yb1", "none", null],
    ["0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10", "M3fJ6pHc5Dg0Ae8Qu2Zi", null],
    ["507f1f77bcf86cd799439011", "507f191e810c19729de860ea", "object-id"],
    ["a8f3k2x9", "p0q7z4m1", null],
  ])("%s and %s: %s", (reference, shadow, id) => {
    expect(sharedClass(reference, shadow)?.id ?? null).toBe(id);
  });
});

test.each([
  ["a8f3k2x9", true],
  ["deadbee1", true],
  ["hello123", false],
  ["password", false],
  ["a1", false],
])("%s is a short token: %s", (text, expected) => {
  expect(SHORT_TOKEN.test(text)).toBe(expected);
});
