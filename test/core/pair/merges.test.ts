/** Routes that differ in one segment of many values are proposed as one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MIN_VALUES, mergeCandidates } from "../../../core/pair/merges.ts";

const posts = Array.from({ length: MIN_VALUES }, (_, n) => `GET /blog/post-${String.fromCharCode(97 + n)}`);

test("many values of one segment are a candidate", () => {
  expect(mergeCandidates([...posts, "GET /about", "POST /blog/post-a", "GET /blog/post-a/comments"])).toEqual([
    { target: "GET /blog/{slug}", routes: posts },
  ]);
});

test("one value fewer is none", () => {
  expect(mergeCandidates(posts.slice(1))).toEqual([]);
  expect(mergeCandidates([...posts.slice(1), ...posts.slice(1)])).toEqual([]);
});

test("a segment in the middle counts, and named ones are no values", () => {
  const shops = posts.map((_, n) => `GET /shop-${n}x/orders/{id}`);
  expect(mergeCandidates(shops)).toEqual([{ target: "GET /{slug}/orders/{id}", routes: shops.toSorted() }]);
  expect(mergeCandidates(posts.map(() => "GET /blog/{slug}"))).toEqual([]);
});

test("a route is proposed once, and the order of routes does not matter", () => {
  const segment = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l");
  const route = fc.tuple(segment, segment).map(([x, y]) => `GET /${x}/${y}`);
  fc.assert(
    fc.property(fc.array(route, { minLength: 30, maxLength: 150 }), (routes) => {
      const found = mergeCandidates(routes);
      const all = found.flatMap((candidate) => candidate.routes);
      expect(new Set(all).size).toBe(all.length);
      expect(mergeCandidates(routes.toReversed())).toEqual(found);
    }),
  );
});
