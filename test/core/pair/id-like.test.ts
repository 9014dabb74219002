import { expect, test } from "vitest";
import { isIdLike } from "../../../core/pair/id-like.ts";

test.each([
  "17",
  "0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10",
  "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  "507f1f77bcf86cd799439011",
  "3f2a9c01",
  "2026-11-21",
  "2026-11",
  "2026-11-21T10:00:00Z",
  "2026-11-21T10:00:00.5+02:00",
])("%s names a single thing", (text) => {
  expect(isIdLike(text)).toBe(true);
});

test.each(["orders", "", "v1", "deadbeef", "facade", "3f2a9c0", "item-17", "1.5", "2026-W47", "-1", "{id}"])(
  "%j names a kind of things",
  (text) => {
    expect(isIdLike(text)).toBe(false);
  },
);
