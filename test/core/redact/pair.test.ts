import { describe, expect, test } from "vitest";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import type { Answer, Headers } from "../../../core/pair/pair.ts";
import { redactPair } from "../../../core/redact/pair.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";
import { redactor, TOKEN } from "./redactor.ts";

const answer = (text: string, headers: Headers = {}): Answer => ({ status: 200, headers, body: text, latencyMs: 1 });

function pair(changes: Partial<CapturedPair>): CapturedPair {
  const meta = { id: "1", deploymentId: "7-1-0123456789ab", repoId: 7, capturedAt: 0, credentials: "none" } as const;
  const request = { method: "GET", path: "/", headers: {}, body: null };
  return { ...meta, request, prod: answer(""), shadow: answer(""), ...changes };
}

function body(text: string, contentType: string): string {
  const { prod } = redactPair(pair({ prod: answer(text, { "content-type": contentType }) }), redactor);
  return "body" in prod ? prod.body : "";
}

function header(name: string, value: string | readonly string[]): string | readonly string[] | undefined {
  const { prod } = redactPair(pair({ prod: answer("", { [name]: value }) }), redactor);
  return "headers" in prod ? prod.headers[name] : undefined;
}

describe("headers", () => {
  test("of credentials go whole", () => {
    expect(header("authorization", "Bearer abc")).toMatch(new RegExp(`^${TOKEN}$`));
  });

  test("keep the names, flags and order of cookies", () => {
    const [first, second] = [`^a=${TOKEN}; Path=/; HttpOnly$`, `^b=; Max-Age=0$`];
    expect(header("set-cookie", ["a=v-1; Path=/; HttpOnly", "b=; Max-Age=0"])).toEqual([
      expect.stringMatching(first),
      expect.stringMatching(second),
    ]);
    expect(header("cookie", "a=v-1; b=v-2")).toMatch(new RegExp(`^a=${TOKEN}; b=${TOKEN}$`));
  });

  test("with addresses lose only the secret parameters", () => {
    expect(header("location", "https://a.test/x?page=2&access_token=v-1#sid=v-2")).toMatch(
      new RegExp(`^https://a\\.test/x\\?page=2&access_token=${TOKEN}#sid=${TOKEN}$`),
    );
    expect(header("link", '<https://user:v-1@a.test/>; rel="next"')).not.toContain("v-1");
  });

  test("that are harmless stay", () => {
    for (const value of ["max-age=60, private", 'W/"abc-1"', "text/html; charset=utf-8"])
      expect(header("x-any", value)).toBe(value);
  });
});

describe("bodies", () => {
  test.each([
    [
      "application/x-www-form-urlencoded",
      "user=ann&password=v-1&next=%2Fhome",
      /^user=ann&password=redacted:\S+&next=%2Fhome$/,
    ],
    ["text/html", '<input name="csrf_token" value="v-1"><p class="token">open</p>', /class="token">open</],
    ["application/xml", "<a><password>v-1</password><b>open</b></a>", /<b>open<\/b>/],
    ["text/plain", "API_KEY=v-1\nregion=open", /region=open/],
    ["text/yaml", "db:\n  password: v-1\n  host: open", /host: open/],
    [
      "multipart/form-data",
      '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nv-1\r\n--x--',
      /name="password"/,
    ],
    ["application/json", '{"a": "x"y", "password": "v-1", "b": "open"}', /"b": "open"/],
    ["", '{"password":"v-1","b":"open"}', /"b":"open"/],
  ])("of type %s lose the values of secret names", (type, text, kept) => {
    expect(body(text, type)).not.toContain("v-1");
    expect(body(text, type)).toMatch(kept);
  });

  test("that are not text are carried as length and hash only", () => {
    const side: Answer = { ...answer("AAECAw=="), bodyEncoding: "base64", bodyBytes: 4 };
    const { prod } = redactPair(pair({ prod: side }), redactor);
    expect(prod).toMatchObject({ body: expect.stringMatching(/^redacted:binary:/), bodyBytes: 4 });
    expect(prod).not.toHaveProperty("bodyEncoding");
  });

  test("lose values that look secret under any name", () => {
    const jwt = ["eyJhbGciOiJub25lIn0", "eyJzdWIiOiIxIn0", "c2ln"].join(".");
    const pem = ["-----BEGIN", "PRIVATE KEY-----\nAAAA\n-----END", "PRIVATE KEY-----"].join(" ");
    const text = JSON.stringify({ a: `x ${jwt} y`, b: "Bearer abcdefgh1234", c: "4111 1111 1111 1111", d: pem });
    const result = body(text, "application/json");
    for (const secret of [jwt, "abcdefgh1234", "1111 1111", "AAAA"]) expect(result).not.toContain(secret);
  });

  test("keep numbers that only look like cards, prose about bearers, and order numbers", () => {
    const text = '{"a":4111111111111112,"b":"a bearer of news","c":1234567890123456,"d":"1700000000000000"}';
    expect(body(text, "application/json")).toBe(text);
  });
});

test("the request's path and body and every side are redacted", () => {
  const secret = answer('{"password":"v-1"}');
  const request = { method: "POST", path: "/x?token=v-1", headers: { cookie: "a=v-1" }, body: '{"password":"v-1"}' };
  const whole = pair({ request, prod: secret, shadow: secret, control: secret, base: secret, baseAgain: secret });
  expect(JSON.stringify(redactPair(whole, redactor))).not.toContain("v-1");
});

test("hostile bodies of 256 KB cost no more than their length", () => {
  const hostile = ["a", "eyJ", "a=", "<a ", '"a":', "Bearer ", "://a:", '{"a":"', 'name="a"\n', "\\", "<input ", "4"];
  const startedAt = cpuNow();
  for (const piece of hostile) body(piece.repeat(262_144 / piece.length), "text/plain");
  expect(cpuMsSince(startedAt)).toBeLessThan(5_000);
});
