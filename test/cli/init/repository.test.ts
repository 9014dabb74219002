/** What is read of the user's repository: its root, its files, where the action comes from. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { gitHubNameOf, repositoryAt, rootAround } from "../../../cli/init/repository.ts";
import { git } from "../governance/repository.ts";

const outside = realpathSync(mkdtempSync(join(tmpdir(), "init-")));
const root = join(outside, "own");
mkdirSync(join(root, "a/node_modules/x"), { recursive: true });
git(root, ["init", "-q"]);
writeFileSync(join(root, ".gitignore"), "*.log\n");
writeFileSync(join(root, "a/ä b.py"), "x = 1\n");
writeFileSync(join(root, "a/big.py"), "x".repeat(512 * 1024 + 1));
writeFileSync(join(root, "a/gone.log"), "");
writeFileSync(join(root, "a/node_modules/x/index.js"), "");
afterAll(() => rmSync(outside, { recursive: true }));

test("the root is found from below, and where there is none that is no error", () => {
  expect(rootAround(join(root, "a"))).toBe(root);
  expect([rootAround(outside), rootAround(join(outside, "no such folder"))]).toEqual([null, null]);
});

test("files are those that are tracked or could be, without what is installed", () => {
  const { paths, read } = repositoryAt(root);
  expect(paths.toSorted()).toEqual([".gitignore", "a/big.py", "a/ä b.py"]);
  expect(read("a/ä b.py")).toBe("x = 1\n");
  expect(["a/big.py", "a", "none"].map(read)).toEqual([null, null, null]);
});

test.each([
  ["https://github.com/acme/shop.git", "acme/shop"],
  ["git@github.com:acme/shop", "acme/shop"],
  ["https://example.com/acme/shop.git", null],
])("the name of %s on GitHub is %s", (url, name) => {
  git(root, ["config", "remote.origin.url", url]);
  expect(gitHubNameOf(root)).toBe(name);
});
