import { describe, expect, test } from "vitest";
import { asksForOtherMethod, mirroredRequest } from "../../../../workers/tee/mirror/request.ts";

const request = (headers: Readonly<Record<string, string>> = {}, path = "/a?b=1") =>
  new Request(`http://shop.test${path}`, { headers });
const bytes = (text: string) => new TextEncoder().encode(text);

describe("test identities", () => {
  const credentials = { authorization: "Bearer of-the-tests", cookie: "session=of-the-tests" };

  test("stand where the client's credentials stood, and nowhere else", () => {
    const mirrored = mirroredRequest(request({ authorization: "Bearer real", accept: "x" }), null, credentials);
    expect(mirrored.headers).toEqual([
      ["accept", "x"],
      ["authorization", "Bearer of-the-tests"],
    ]);
    expect(mirrored).toMatchObject({ hasIdentity: true, method: "GET", path: "/a?b=1", body: null });
    expect(mirroredRequest(request({ accept: "x" }), null, credentials)).toMatchObject({
      hasIdentity: false,
      headers: [["accept", "x"]],
    });
  });

  test("never become another header", () => {
    const injected = { authorization: "a\r\nx-injected: 1" };
    expect(() => mirroredRequest(request({ authorization: "real" }), null, injected)).toThrow("no header value");
  });

  test("are not taken from what every object has", () => {
    expect(mirroredRequest(request({ "x-secret": "1" }), null, {}).headers).toEqual([]);
  });
});

describe("another method is asked for", () => {
  const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

  test.each(["/a?_method=DELETE", "/a?x=1&_method=put"])("by a query: %s", (path) => {
    expect(asksForOtherMethod(mirroredRequest(request({}, path), null, {}))).toBe(true);
  });

  test("by a form", () => {
    expect(asksForOtherMethod(mirroredRequest(request(form), bytes("x=1&_method=DELETE"), {}))).toBe(true);
    const part = bytes('--b\r\ncontent-disposition: form-data; name="_method"\r\n\r\nDELETE\r\n--b--');
    expect(
      asksForOtherMethod(mirroredRequest(request({ "content-type": "multipart/form-data; boundary=b" }), part, {})),
    ).toBe(true);
  });

  test("not by text that looks like it elsewhere", () => {
    expect(asksForOtherMethod(mirroredRequest(request({}, "/a?my_method=x"), null, {}))).toBe(false);
    expect(asksForOtherMethod(mirroredRequest(request(form), bytes("x=1"), {}))).toBe(false);
    expect(
      asksForOtherMethod(mirroredRequest(request({ "content-type": "application/json" }), bytes('{"_method":1}'), {})),
    ).toBe(false);
  });
});
