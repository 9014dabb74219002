/** HAR files as browsers and proxies write them. */
import { expect, test } from "vitest";
import { readHar } from "../../../cli/replay/har.ts";

function har(...requests: readonly unknown[]): string {
  return JSON.stringify({ log: { version: "1.2", entries: requests.map((request) => ({ request })) } });
}

function firstOf(text: string) {
  const read = readHar(text);
  const [entry] = read.ok ? read.value : [];
  if (entry?.ok !== true) throw new Error(JSON.stringify(entry ?? read));
  return { ...entry.value, body: entry.value.body === null ? null : Buffer.from(entry.value.body).toString("utf8") };
}

const GET = { method: "get", url: "https://shop.example.com:8443/a b?q=ü#top" };

test("an address becomes host and path, in the characters a request line may hold", () => {
  expect(firstOf(`\uFEFF${har(GET)}`)).toEqual({
    id: "request-000001",
    method: "GET",
    path: "/a%20b?q=%C3%BC",
    host: "shop.example.com:8443",
    headers: [],
    body: null,
  });
});

test("the type of a body is its header's, and where there is none that of the recorded data", () => {
  const postData = { mimeType: "application/json", text: "{}" };
  const headers = [{ name: "Content-Type", value: "text/plain" }];
  expect(firstOf(har({ ...GET, postData })).headers).toEqual([["content-type", "application/json"]]);
  expect(firstOf(har({ ...GET, postData, headers })).headers).toEqual([["content-type", "text/plain"]]);
});

test.each([
  ["text", { text: "hallo" }, "hallo"],
  ["base64", { text: "aGFsbG8=", encoding: "base64" }, "hallo"],
  ["the fields of a form", { params: [{ name: "a b", value: "1&2" }, { name: "c" }] }, "a+b=1%262&c="],
  ["nothing", {}, null],
])("a body may be recorded as %s", (_, postData, body) => {
  expect(firstOf(har({ ...GET, postData })).body).toBe(body);
});

test("an entry that cannot be read stands in its place, with what is wrong", () => {
  const read = readHar(har({ url: "https://a.example/" }, { ...GET, url: "data:text/plain,x" }, { ...GET, url: "a" }));
  expect(read.ok && read.value.map((entry) => (entry.ok ? "" : [entry.reason, entry.detail]))).toEqual([
    ["malformed", expect.stringContaining("request.method")],
    ["not-http", "data:"],
    ["malformed", expect.stringContaining("neither a path")],
  ]);
});

test("what is no HAR file is refused in words", () => {
  expect(readHar("<html>")).toMatchObject({ ok: false, detail: "neither lines of JSON nor a HAR file" });
  expect(readHar('{\n"a": 1}')).toMatchObject({ ok: false, detail: expect.stringContaining("log.entries") });
});
