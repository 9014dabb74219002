/** What of a recorded request is sent, and which requests stay at home. */
import { describe, expect, test } from "vitest";
import type { RecordedRequest } from "../../../cli/replay/request.ts";
import { skipOf, type TravelRules, travelling } from "../../../cli/replay/travel.ts";

const RULES: TravelRules = { unsafe: false, keepCredentials: false, hosts: new Set(["shop.example.com"]) };
const REQUEST: RecordedRequest = {
  id: "1",
  method: "GET",
  path: "/a",
  host: "shop.example.com",
  headers: [],
  body: null,
};
const TOKEN = "redacted:string:4:abc:def";

describe("a request", () => {
  test.each<readonly [string, Partial<RecordedRequest>, string | null]>([
    ["to the host that is meant is sent", {}, null],
    ["without a host is sent", { host: null }, null],
    ["to another host is left out", { host: "ads.example.com" }, "host"],
    ["that changes something is left out", { method: "PATCH" }, "method"],
    ["that overrides its method is left out", { headers: [["x-http-method-override", "PUT"]] }, "method"],
    ["with a token in its path is left out", { path: `/a/${TOKEN.replaceAll(":", "%3A")}` }, "redacted"],
    ["with a token in its body is left out", { body: Buffer.from(`{"a":"${TOKEN}"}`) }, "redacted"],
    ["with a secret in its query is left out", { path: "/a?access_token=1" }, "credentials"],
    ["whose secret is empty is sent", { path: "/a?access_token=" }, null],
  ])("%s", (_, changes, skip) => {
    expect(skipOf({ ...REQUEST, ...changes }, RULES)).toBe(skip);
  });

  test("is sent with what it was told to", () => {
    const all: TravelRules = { unsafe: true, keepCredentials: true, hosts: null };
    expect(skipOf({ ...REQUEST, method: "DELETE", host: "ads.example.com", path: "/a?api_key=1" }, all)).toBeNull();
  });
});

describe("a header", () => {
  const left = (name: string, value: string, keepCredentials = false) => {
    const { headers, credentials } = travelling([[name, value]], { keepCredentials });
    return { sent: headers.length, credentials };
  };

  test.each([
    ["accept-language", "de"],
    ["content-type", "application/json"],
    ["x-api-version", "2"],
    ["user-agent", "Mozilla/5.0"],
  ])("%s travels", (name, value) => {
    expect(left(name, value)).toEqual({ sent: 1, credentials: 0 });
  });

  test.each([
    ["host", "a"],
    [":authority", "a"],
    ["connection", "close"],
    ["content-length", "3"],
    ["x-forwarded-for", "10.0.0.1"],
    ["cf-connecting-ip", "10.0.0.1"],
    ["if-none-match", '"1"'],
    ["range", "bytes=0-1"],
    ["x-odd", "line\nbreak"],
    ["od d", "1"],
  ])("%s stays at home, and is no credential", (name, value) => {
    expect(left(name, value, true)).toEqual({ sent: 0, credentials: 0 });
  });

  test.each([["authorization"], ["cookie"], ["x-api-key"]])("%s travels only where it may", (name) => {
    expect(left(name, "1")).toEqual({ sent: 0, credentials: 1 });
    expect(left(name, "1", true)).toEqual({ sent: 1, credentials: 0 });
  });

  test("whose value was taken out by redaction never travels", () => {
    expect(left("x-tenant", TOKEN, true)).toEqual({ sent: 0, credentials: 1 });
  });
});
