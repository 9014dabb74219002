/** Users in numbers. */
import { expect, it } from "vitest";
import { knownUserOf, userOf } from "../../../../core/shadow/stack/user.ts";
import { service } from "./specs.ts";

it.each([
  ["1000", { uid: 1000, gid: null }],
  ["1000:2000", { uid: 1000, gid: 2000 }],
  ["root", { uid: 0, gid: null }],
  ["nobody", { uid: 65_534, gid: null }],
  ["app", "name"],
  ["-1", "name"],
  ["99999999999", "name"],
  [null, "image"],
  ["", "image"],
])("%s", (user, expected) => expect(userOf(service("a", { user }), "app:1")).toEqual(expected));

it.each([
  ["postgres:17", 999],
  ["docker.io/library/postgres:17-alpine", 70],
  ["postgres:17@sha256:abc", 999],
  ["registry.example.com/postgres:17", undefined],
  ["evil/postgres", undefined],
  ["nginx", undefined],
])("a public image changes to a user that is known: %s", (image, uid) => {
  expect(knownUserOf(service("db", { user: null }), image)?.uid).toBe(uid);
});

it("a name is known where it is the public image's own", () => {
  expect(userOf(service("db", { user: "postgres" }), "postgres:17-alpine")).toMatchObject({ uid: 70 });
  expect(userOf(service("db", { user: "postgres" }), "app:1")).toBe("name");
});

it("a built image is nobody's but its author's", () => {
  expect(knownUserOf(service("db", { user: null, built: true }), "postgres:17")).toBeNull();
});
