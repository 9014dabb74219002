/** A line to a pair: what is read, and which words name what is wrong with it. */
import { describe, expect, test } from "vitest";
import { readPair } from "../../../cli/compare/read-pair.ts";

const SIDE = { status: 200, headers: { "Content-Type": "text/plain", ETag: "x" }, body: "a", latencyMs: 3 };
const PAIR = { id: "1", request: { method: "GET", path: "/a", headers: { Accept: "*/*" } }, prod: SIDE, shadow: SIDE };

function valueOf(raw: unknown) {
  const read = readPair(JSON.stringify(raw));
  if (!read.ok) throw new Error(read.detail);
  return read.value;
}

describe("a pair", () => {
  test("has header names in lower case on every side, however they were spelled", () => {
    const pair = valueOf({ ...PAIR, control: SIDE, base: SIDE, baseAgain: SIDE });
    for (const side of [pair.prod, pair.shadow, pair.control, pair.base, pair.baseAgain])
      expect(side).toMatchObject({ headers: { "content-type": "text/plain", etag: "x" } });
    expect(pair.request.headers).toEqual({ accept: "*/*" });
  });

  test("keeps both values of a header that is there under two spellings", () => {
    const headers = { "Set-Cookie": ["a=1", "b=2"], "set-cookie": "c=3" };
    expect(valueOf({ ...PAIR, shadow: { ...SIDE, headers } }).shadow).toMatchObject({
      headers: { "set-cookie": ["a=1", "b=2", "c=3"] },
    });
  });

  test("has no sides but those that were recorded", () => {
    expect(Object.keys(valueOf(PAIR)).filter((key) => /^(control|base)/.test(key))).toEqual([]);
  });

  test("may have a shadow that gave no answer", () => {
    expect(valueOf({ ...PAIR, shadow: { failed: "timeout", latencyMs: 9 } }).shadow).toMatchObject({
      failed: "timeout",
    });
  });
});

describe("what is no pair is refused, naming the field", () => {
  test.each([
    [{ ...PAIR, prod: { ...SIDE, status: "200" } }, /^prod\.status: /],
    [{ ...PAIR, shadow: { ...SIDE, headers: { a: 1 } } }, /^shadow\.headers\.a: /],
    [{ ...PAIR, shadow: { failed: "tired", latencyMs: 9 } }, /^shadow\.failed: /],
    [{ ...PAIR, shadow: null }, /^shadow: /],
    [{ ...PAIR, request: { method: "", path: "/" } }, /^request\.method: /],
    [{ ...PAIR, request: undefined }, /^request: /],
    [[], /object/],
    [null, /object/],
  ])("%j", (raw, words) => {
    const read = readPair(JSON.stringify(raw));
    expect(read).toMatchObject({ ok: false, reason: "malformed", detail: expect.stringMatching(words) });
  });

  test.each(["", "{", "{}}", "undefined"])("%j is not JSON, in few words", (text) => {
    const read = readPair(text);
    expect(read).toMatchObject({ ok: false, detail: expect.stringMatching(/^not JSON \(/) });
    expect(readPair("x".repeat(10_000))).toMatchObject({ detail: expect.stringMatching(/^.{1,150}$/s) });
  });
});
