/** Route templates: a pure function of method and path. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routeOf } from "../../../core/pair/route.ts";

describe("routeOf", () => {
  it.each([
    ["get", "/", "GET /"],
    ["GET", "", "GET /"],
    ["GET", "/orders/17?expand=1#top", "GET /orders/{id}"],
    ["GET", "/orders/0b9e6c51-8a8f-4c3e-9f5e-0d6b1f6f7a10/lines/2", "GET /orders/{id}/lines/{id}"],
    ["GET", "/u/01ARZ3NDEKTSV4RRFFQ69G5FAV", "GET /u/{id}"],
    ["GET", "/c/deadbeef", "GET /c/deadbeef"],
    ["GET", "/c/dead4eef", "GET /c/{id}"],
    ["GET", "/days/2026-11-21", "GET /days/{id}"],
    ["GET", "/a/%31%37", "GET /a/{id}"],
    ["GET", "/a/%zz", "GET /a/%zz"],
    ["GET", "/v1/users/me", "GET /v1/users/me"],
    ["GET", "https://shop.example.com/a/1", "GET /a/{id}"],
  ])("%s %s belongs to %s", (method, path, route) => {
    expect(routeOf(method, path)).toBe(route);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: "binary" }), (method, path) => routeOf(method, path).length > 0),
    );
  });
});
