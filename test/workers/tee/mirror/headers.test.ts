import { describe, expect, test } from "vitest";
import { readHeaders } from "../../../../workers/tee/mirror/headers.ts";

const read = (headers: Readonly<Record<string, string>>) => readHeaders(new Headers(headers));
const travelling = (headers: Readonly<Record<string, string>>) => Object.fromEntries(read(headers).travelling);

describe("of a request's headers", () => {
  test("those that change an answer travel", () => {
    const headers = { accept: "text/html", "accept-language": "de", "user-agent": "x", "sec-ch-ua": "y" };
    expect(travelling(headers)).toEqual(headers);
  });

  test.each([
    "cf-connecting-ip",
    "cf-ray",
    "cf-worker",
    "x-forwarded-for",
    "x-forwarded-host",
    "forwarded",
    "via",
    "host",
    "if-none-match",
    "if-modified-since",
    "range",
    "traceparent",
    "x-real-ip",
    "x-shadow-infra-mirrored",
    "connection",
    "x-shadow-infra-deployment",
    "x-anything-else",
    "true-client-ip",
    "x-original-url",
  ])("%s does not travel", (name) => expect(travelling({ [name]: "1" })).toEqual({}));

  test.each(["cookie", "authorization", "proxy-authorization", "x-api-key", "cf-access-jwt-assertion", "x-csrf-token"])(
    "%s carries credentials and does not travel",
    (name) => {
      expect(travelling({ [name]: "1" })).toEqual({});
      expect(read({ [name]: "1" }).credentials).toEqual([name]);
    },
  );

  test.each(["x-http-method-override", "X-HTTP-Method", "x-method-override"])("%s asks for another method", (name) => {
    expect(read({ [name]: "DELETE" })).toMatchObject({ overridesMethod: true, travelling: [] });
    expect(read({ accept: "x-http-method-override" }).overridesMethod).toBe(false);
  });

  test.each(["http://a/?session=1", "http://a/?x=1&token=2#y", "https://user:key@a/", "http://a/?api_key=1"])(
    "a referer that carries credentials stays: %s",
    (referer) => expect(travelling({ referer })).toEqual({}),
  );

  test("a plain referer travels", () => {
    for (const referer of ["http://a/b?page=2", "http://a/@user", "http://a/?q=a@b"])
      expect(travelling({ referer })).toEqual({ referer });
  });
});

test("a value that is no header value does not travel, wherever it came from", () => {
  const headers = new Headers();
  // The platform lets no such value in; this is what stands behind it.
  const entries = [
    ["accept", "a\r\nx-injected: 1"],
    ["user-agent", "a\0b"],
    ["accept-language", "\u{1f600}"],
    ["prefer", "caf\u00e9"],
  ] as const;
  const hostile = Object.assign(headers, { [Symbol.iterator]: () => entries.values() });
  expect(readHeaders(hostile).travelling).toEqual([["prefer", "caf\u00e9"]]);
});
