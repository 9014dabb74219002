/** Two routes may be one only where their answers have one shape. */
import { expect, test } from "vitest";
import { areAlike, shapeOf } from "../../../core/pair/shape.ts";
import { answer } from "./builder.ts";

const post = { id: 1, title: "Hello", author: { name: "A", url: "/a" }, tags: ["x"] };

test.each([
  ["other values", post, { id: 2, title: "News", author: { name: "B", url: "/b" }, tags: ["y", "z"] }, true],
  ["one optional field", post, { ...post, subtitle: "more" }, true],
  ["another document", post, { version: "1", links: [], next: null }, false],
  ["another type", post, [post], false],
  ["nothing of JSON", post, 1, false],
])("%s", (_, one, other, alike) => {
  expect(areAlike(shapeOf(answer(one)), shapeOf(answer(other)))).toBe(alike);
});

test("another media type or class of status is another shape", () => {
  const text = { ...answer(""), body: "a", headers: { "content-type": "text/html" } };
  expect(areAlike(shapeOf(text), shapeOf({ ...text, body: "b" }))).toBe(true);
  expect(areAlike(shapeOf(text), shapeOf({ ...text, headers: { "content-type": "text/plain" } }))).toBe(false);
  expect(areAlike(shapeOf(text), shapeOf({ ...text, status: 404 }))).toBe(false);
});
