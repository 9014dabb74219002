import { expect, test } from "vitest";
import { cleanTarget, folderOf, isWithin, repositoryPath } from "../../../../core/shadow/compose/paths.ts";

test.each([
  ["./a/b.txt", "", "a/b.txt"],
  ["../x", "app/web", "app/x"],
  ["a//b/./c/..", "app", "app/a/b"],
  [".", "app", "app"],
  ["..", "app", ""],
])("%j seen from %j is %j of the repository", (text, base, path) => {
  expect(repositoryPath(text, base)).toEqual({ kind: "inside", path });
});

test.each([
  "/etc/passwd",
  "~/x",
  "~",
  "../x",
  "a/../../x",
  "C:\\x",
  "c:/x",
  "\\\\host\\x",
  "a\\b",
  "a\0b",
  "x".repeat(2_000),
])("%.20j is outside the repository", (text) => expect(repositoryPath(text, "").kind).toBe("outside"));

test.each(["https://example.com/c.yaml", "git@example.com:a/b", "oci://example.com/x", "ssh://x"])(
  "%j is remote",
  (text) => {
    expect(repositoryPath(text, "").kind).toBe("remote");
  },
);

test("targets are absolute and plain", () => {
  expect(["/a/./b//c", "/a/../..", "a", "/a\0"].map(cleanTarget)).toEqual(["/a/b/c", "/", null, null]);
});

test("folders hold what is in them", () => {
  expect([folderOf("a/b/c"), folderOf("c")]).toEqual(["a/b", ""]);
  expect([isWithin("a/b", "a"), isWithin("ab", "a"), isWithin("a", "a"), isWithin("x", "")]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
