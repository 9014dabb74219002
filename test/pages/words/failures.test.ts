import { describe, expect, it } from "vitest";
import { failureWords } from "../../../pages/src/words/failures.ts";

describe("failureWords", () => {
  it.each([
    ["unreachable", 0, "", /does not answer/],
    ["problem", 404, "deployment-not-found", /nothing at this address/],
    ["problem", 503, "authentication-not-configured", /not configured/],
    ["problem", 401, "not-authenticated", /not signed in/],
    ["problem", 409, "something-new", /refused/],
    ["unknown-form", 200, "", /does not know/],
  ] as const)("explains %s %i %s", (...[kind, status, code, title]) => {
    const words = failureWords({ kind, status, code, detail: "" });
    expect(words.title).toMatch(title);
    expect(words.advice).not.toBe("");
  });
});
