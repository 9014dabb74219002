import { describe, expect, test } from "vitest";
import { withoutOwnHosts } from "../../../core/noise/own-host.ts";
import { EMPTY_MEMORY } from "../../../core/verdict/case.ts";
import { judge } from "../../../core/verdict/judge.ts";
import { answer, pairOf } from "../pair/builder.ts";

const request = { method: "GET", path: "/", headers: { host: "shop.example.com:443" }, body: null };

describe("two links", () => {
  test.each([
    [
      "to the host of the request and a shadow's",
      "https://shop.example.com/a",
      "https://pr-7.shadow.example.net/a",
      true,
    ],
    ["to two ports of one machine", "http://localhost:3000/a", "http://localhost:3001/a", true],
    ["to a private address", "https://shop.example.com/a", "http://10.0.0.7:8080/a", true],
    ["to a cluster's name", "https://shop.example.com/a", "http://web.default.svc/a", true],
    ["in other letters", "https://SHOP.example.com/a", "http://localhost/a", true],
    ["several in one text", "https://shop.example.com/a wss://shop.example.com/b", "http://web/a ws://web/b", true],
    ["to another path", "https://shop.example.com/a", "http://localhost/b", false],
    ["to somebody else", "https://shop.example.com/a", "https://evil.example.org/a", false],
    ["from somebody else", "https://cdn.example.org/a", "http://localhost/a", false],
    ["to the same host without TLS", "https://shop.example.com/a", "http://shop.example.com/a", false],
    ["texts without links", "a", "b", false],
  ])("%s", (_, reference, shadow, equal) => {
    const [left, right] = withoutOwnHosts(reference, shadow, { request });
    expect(left === right).toBe(equal);
  });
});

describe("a redirect", () => {
  const to = (location: string) => answer("", { status: 302, headers: { location } });
  test.each([
    ["to one's own host by path alone", "https://shop.example.com/a", "/a", "Safe"],
    ["by path alone, now with one's own host", "/a?x=1", "http://localhost:3001/a?x=1", "Safe"],
    ["to the root of one's own host", "https://shop.example.com", "/", "Safe"],
    ["to another path", "https://shop.example.com/a", "/b", "Critical"],
    ["to somebody else's host", "/a", "https://evil.example.org/a", "Critical"],
    ["away from somebody else's host", "https://login.example.org/a", "/a", "Critical"],
    ["to a path that only looks like one's own", "https://shop.example.com/a", "//a", "Critical"],
  ])("%s: %s, then %s is %s", (_, reference, shadow, verdict) => {
    const pair = pairOf({ prod: to(reference), shadow: to(shadow) }, { headers: request.headers });
    expect(judge(pair, EMPTY_MEMORY).judged.verdict).toBe(verdict);
  });
});
