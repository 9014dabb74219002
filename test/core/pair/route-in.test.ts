/** Routes are named by OpenAPI templates, then by config, then by the path alone; accepted merges come last. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeOf } from "../../../core/pair/route.ts";
import { routeIn } from "../../../core/pair/route-in.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";

const named = (templates: readonly string[], aliases: Readonly<Record<string, string>> = {}) =>
  routeIn({ templates, aliases });

describe("templates", () => {
  const name = named(["/users/{userId}", "/users/me", "/files/{name}.json", "/files/{name}", "/a/{b}/c", "/a/x/{y}"]);
  test.each([
    ["/users/anna", "GET /users/{userId}"],
    ["/users/anna/", "GET /users/{userId}"],
    ["/users/17?full=1#x", "GET /users/{userId}"],
    ["https://shop.example/users/17", "GET /users/{userId}"],
    ["/users/me", "GET /users/me"],
    ["/users/%6De", "GET /users/me"],
    ["/users/%zz", "GET /users/{userId}"],
    ["/users//", "GET /users//"],
    ["/files/report.json", "GET /files/{name}.json"],
    ["/files/.json", "GET /files/{name}"],
    ["/files/report.pdf", "GET /files/{name}"],
    // The first branch that looks right may lead nowhere.
    ["/a/x/c", "GET /a/x/{y}"],
    ["/a/z/c", "GET /a/{b}/c"],
    ["/orders/17", "GET /orders/{id}"],
  ])("%s is %s", (path, route) => {
    expect(name("get", path)).toBe(route);
  });

  test("their order in the file does not matter where one is more literal", () => {
    expect(named(["/users/me", "/users/{id}"])("GET", "/users/me")).toBe("GET /users/me");
    expect(named(["/users/{id}", "/users/me"])("GET", "/users/me")).toBe("GET /users/me");
  });

  test("a route that is named already keeps its name", () => {
    expect(name("GET", "/users/{id}")).toBe("GET /users/{userId}");
    expect(name("GET", "/users/{userId}")).toBe("GET /users/{userId}");
  });
});

describe("merges", () => {
  const aliases = {
    "GET /blog/hello": "GET /blog/{slug}",
    "GET /blog/news": "GET /blog/{slug}",
    "GET /blog/feed": "GET /blog/feed",
    "GET /old/{id}": "GET /new/{id}",
  };
  const name = named(["/blog/archive", "/users/{id}"], aliases);
  test.each([
    ["GET", "/blog/hello", "GET /blog/{slug}"],
    ["GET", "/blog/tomorrow", "GET /blog/{slug}"],
    ["GET", "/blog/feed", "GET /blog/feed"],
    ["GET", "/blog/archive", "GET /blog/archive"],
    ["POST", "/blog/hello", "POST /blog/hello"],
    ["GET", "/old/9", "GET /new/{id}"],
    ["GET", "/constructor", "GET /constructor"],
  ])("%s %s is %s", (method, path, route) => {
    expect(name(method, path)).toBe(route);
  });
});

test("without settings it is the pure function of the path", () => {
  fc.assert(fc.property(fc.webPath(), (path) => named([])("GET", path) === routeOf("GET", path)));
});

test("any path has a route, whatever the templates", () => {
  const path = fc.string({ unit: fc.constantFrom("/", "{", "}", "a", "%", ".", "é") }).map((text) => `/${text}`);
  fc.assert(
    fc.property(fc.array(path, { maxLength: 20 }), path, (templates, asked) =>
      named(templates, { "GET /a": "GET /{x}" })("get", asked).startsWith("GET /"),
    ),
  );
});

test("hostile templates and paths are read in time", () => {
  const bits = Array.from({ length: 4_096 }, (_, n) =>
    Array.from({ length: 12 }, (_unused, bit) => ((n >> bit) & 1 ? "a" : "{x}")).join("/"),
  );
  const name = named(bits.map((path) => `/${path}/end`));
  const started = cpuNow();
  for (let n = 0; n < 20; n += 1) name("GET", `/${"a/".repeat(12)}no`);
  name("GET", "/a".repeat(8_000));
  name("GET", `/${"%".repeat(16_000)}`);
  expect(cpuMsSince(started)).toBeLessThan(1_000);
});
