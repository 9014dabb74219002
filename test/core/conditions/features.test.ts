import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFeature, SOURCES, writeFeature } from "../../../core/conditions/feature.ts";
import { featuresOf, MAX_FEATURES, MAX_FEATURES_CHARS, type RequestScene } from "../../../core/conditions/features.ts";
import type { PairRequest } from "../../../core/pair/pair.ts";

function features(request: Partial<PairRequest>, scene: Partial<RequestScene> = {}): readonly string[] {
  const whole = { method: "GET", path: "/", headers: {}, body: null, ...request };
  return featuresOf({ request: whole, route: "GET /", credentials: "none", ...scene });
}

describe("features of a request", () => {
  test("are keys and values of its query", () => {
    expect(features({ path: "/?currency=EUR&q=a+b%20c&flag&x=%E0%A4#part" })).toEqual([
      "query:currency=EUR",
      "query:q=a b c",
      "query:flag=",
      "query:x=%E0%A4",
    ]);
  });

  test("are the segments that vary inside the route", () => {
    const route = "GET /shops/{shop}/items/{id}/parts/{id}";
    expect(features({ path: "/shops/north/items/17/parts/3" }, { route })).toEqual([
      "path:{shop}=north",
      "path:{id}=17",
      "path:{id}#2=3",
    ]);
    expect(features({ path: "/shops/north" }, { route })).toEqual([]);
  });

  test("are the headers that answers depend on, each by the part that matters", () => {
    const headers = {
      accept: "application/json;v=2, */*",
      "accept-language": "de-AT,de;q=0.9",
      "user-agent": "Mozilla/5.0 (X11) Gecko/20100101 Firefox/130.0",
      origin: "https://shop.example.com",
      "x-trace": "1",
    };
    expect(features({ headers })).toEqual([
      "header:accept=application/json",
      "header:accept-language=de",
      "header:origin",
      "header:user-agent=firefox",
    ]);
  });

  test("are the fields of a JSON body and of a form", () => {
    const headers = { "content-type": "application/json" };
    expect(features({ headers, body: '{"currency":"EUR","items":[{"n":2},{"n":5}],"gift":null}' })).toEqual([
      "header:content-type=application/json",
      "body:$.currency=EUR",
      "body:$.items[*].n=2",
      "body:$.items[*].n=5",
      "body:$.gift=null",
    ]);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(features({ headers: form, body: "size=xl" })).toContain("body:size=xl");
    expect(features({ body: "{broken" })).toEqual([]);
    expect(features({ body: "eyJ9", bodyEncoding: "base64" })).toEqual([]);
  });

  test("say that credentials came along, and nothing of them", () => {
    expect(features({ headers: { authorization: "Bearer abc" } })).toEqual(["auth:credentials"]);
    expect(features({}, { credentials: "test-identity" })).toEqual(["auth:credentials"]);
  });

  test("keep of long or random-looking values that they were there, and tokens as classes of equal values", () => {
    const token = "redacted:string:9-16:k1:abcdef";
    const path = `/?key=abcdefghij0123456789abc&text=${"long ".repeat(20)}&session=${encodeURIComponent(token)}`;
    expect(features({ path })).toEqual(["query:key", "query:text", `query:session=${token}`]);
  });

  test("never outgrow a row, whatever is sent", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 80 });
    const pairs = fc.array(fc.tuple(text, text), { maxLength: 100 });
    fc.assert(
      fc.property(pairs, fc.json({ maxDepth: 8 }), (query, body) => {
        const path = `/?${query.map(([key, value]) => `${key}=${value}`).join("&")}`;
        const found = features({ path, body });
        expect(found.length).toBeLessThanOrEqual(MAX_FEATURES);
        expect(found.join("").length).toBeLessThanOrEqual(MAX_FEATURES_CHARS);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});

test("a feature is read back as it was written", () => {
  const feature = fc.record({
    source: fc.constantFrom(...SOURCES),
    key: fc.string({ unit: "grapheme" }),
    value: fc.option(fc.string({ unit: "grapheme" })),
  });
  fc.assert(
    fc.property(feature, (one) => {
      expect(readFeature(writeFeature(one))).toEqual(one);
    }),
  );
  expect(readFeature("nothing of ours")).toBeNull();
});
