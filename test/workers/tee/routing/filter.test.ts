import { describe, expect, test } from "vitest";
import { mayMirror, skipOfFilter } from "../../../../workers/tee/routing/filter.ts";
import { routed } from "./routed.ts";

test("without filters only the method counts", () => {
  expect(skipOfFilter(routed(), "GET", "/any?x=1")).toBeUndefined();
  expect(skipOfFilter(routed(), "POST", "/any")).toBe("method");
});

test("include leaves everything else out, and exclude wins", () => {
  const target = routed({}, { include: ["/v1/**"], exclude: ["/v1/admin/**"] });
  expect(skipOfFilter(target, "GET", "/v1/orders?x=/v2")).toBeUndefined();
  expect(skipOfFilter(target, "GET", "/v2/orders?x=/v1/")).toBe("route");
  expect(skipOfFilter(target, "GET", "/v1/admin/users")).toBe("route");
});

describe("a route rule", () => {
  const routes = [
    { match: "POST /v1/orders/refund", mirror: false },
    { match: "POST /v1/orders/**", mirror: true },
    { match: "* /v1/private/**", mirror: false },
  ];
  const target = routed({}, { routes, exclude: ["/v1/orders/secret"] });

  test("opts a method in, for its paths alone", () => {
    expect(skipOfFilter(target, "POST", "/v1/orders/7")).toBeUndefined();
    expect(skipOfFilter(target, "PUT", "/v1/orders/7")).toBe("method");
    expect(skipOfFilter(target, "POST", "/v1/users")).toBe("method");
  });

  test("keeps a route away, and the first that matches counts", () => {
    expect(skipOfFilter(target, "POST", "/v1/orders/refund")).toBe("route");
    expect(skipOfFilter(target, "GET", "/v1/private/a")).toBe("route");
  });

  test("does not bring back what is excluded", () => {
    expect(skipOfFilter(target, "POST", "/v1/orders/secret")).toBe("route");
  });
});

test.each([
  "/%61dmin/users",
  "/%2561dmin/users",
  "//admin/users",
  "/x/..%2fadmin/users",
  "/admin%2Fusers",
  "/x/%2e%2e/admin/users",
  "/.%2Fadmin",
  "/x\\..\\admin\\users",
  "/admin%2F",
])("%s does not get around an exclusion of /admin", (path) =>
  expect(skipOfFilter(routed({}, { exclude: ["/admin/**"] }), "GET", path)).toBe("route"),
);

test("no spelling of a path is let in by a rule for another one", () => {
  const target = routed({}, { routes: [{ match: "POST /open/**", mirror: true }] });
  expect(skipOfFilter(target, "POST", "/x/..%2Fopen/a")).toBe("method");
});

test.each(["/%", "/%zz/%", "/a%00b", "//", "/%5c", "/?", "//?//", "/\ud800%"])("%j is read without a fault", (path) => {
  expect(skipOfFilter(routed({}, { exclude: ["/admin/**"] }), "GET", path)).toBeUndefined();
});

test("a path too long for that many filters is left out, and filtered where they are few", () => {
  const path = `/${"a".repeat(6_000)}`;
  const many = Array.from({ length: 100 }, (_, at) => `/${at}/**`);
  expect(skipOfFilter(routed({}, { exclude: many }), "GET", path)).toBe("route");
  expect(skipOfFilter(routed({}, { include: ["/**"] }), "GET", path)).toBeUndefined();
  expect(skipOfFilter(routed(), "GET", path)).toBeUndefined();
});

test("a method may be mirrored by the target's methods or by a rule that opts it in, however it is spelled", () => {
  const target = routed(
    {},
    {
      routes: [
        { match: "post /v1/**", mirror: true },
        { match: "PUT /**", mirror: false },
      ],
    },
  );
  expect(["GET", "POST", "PUT", "DELETE"].filter((method) => mayMirror(target, method))).toEqual(["GET", "POST"]);
  expect(mayMirror(routed({}, { routes: [{ match: "* /v1/**", mirror: true }] }), "PATCH")).toBe(true);
});
