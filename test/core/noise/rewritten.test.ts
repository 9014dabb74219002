/** What is one value in two ways of writing it, and what is not. Whole pairs of every kind are in the fixtures of noise. */
import { expect, test } from "vitest";
import { rewrittenReason, sortedLinks } from "../../../core/noise/rewritten.ts";

test.each([
  ["parameters in another order", "/a?x=1&y=2", "/a?y=2&x=1", "$.next"],
  ["a blank as plus", "/a?q=red+chair", "/a?q=red%20chair", "$.next"],
  ["keys of inner JSON", '{"a":1,"b":2}', '{"b":2,"a":1}', "$.payload"],
  ["labels of a metric", 'a{x="1",y="2"} 1.0', 'a{y="2",x="1"} 1', "body:line *"],
])("%s is another way of writing", (_, reference, shadow, pattern) => {
  expect(rewrittenReason([reference, shadow], pattern)).not.toBeNull();
});

test.each([
  ["another parameter", "/a?x=1&y=2", "/a?y=2&x=3", "$.next"],
  ["a plus as a blank", "/a?q=a%2Bb", "/a?q=a+b", "$.next"],
  ["another order of a list inside", '{"steps":[1,2]}', '{"steps":[2,1]}', "$.payload"],
  ["another value of a metric", 'a{x="1"} 1', 'a{x="1"} 2', "body:line *"],
  ["another large integer", "a 9007199254740993", "a 9007199254740992", "body:line *"],
  ["the labels of a metric where no line is", 'a{x="1",y="2"} 1', 'a{y="2",x="1"} 1', "$.text"],
])("%s is another value", (_, reference, shadow, pattern) => {
  expect(rewrittenReason([reference, shadow], pattern)).toBeNull();
});

test("links that are in order stay as they are", () => {
  expect(sortedLinks(["/a?x=1&y=2", "/a?x=1&y=3"])).toBeNull();
  expect(sortedLinks(["/a?x=1&y=2", "/a?y=3&x=1"])).toEqual(["/a?x=1&y=2", "/a?x=1&y=3"]);
});
