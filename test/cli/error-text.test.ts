/** Words of what somebody else threw. */
import { expect, test } from "vitest";
import { causeOf, messageOf } from "../../cli/error-text.ts";

test("an error's words are its message, and of anything else what it is as text", () => {
  expect(messageOf(new TypeError("no such thing"))).toBe("no such thing");
  expect(messageOf("thrown as text")).toBe("thrown as text");
  expect(messageOf(null)).toBe("null");
});

test("where an error has a cause with words, those are told", () => {
  expect(causeOf(new Error("fetch failed", { cause: new Error("connect ECONNREFUSED") }))).toBe("connect ECONNREFUSED");
  expect(causeOf(new Error("fetch failed", { cause: new Error("") }))).toBe("fetch failed");
  expect(causeOf(new Error("fetch failed", { cause: "text" }))).toBe("fetch failed");
});
