/** CODEOWNERS as GitHub documents it, row by row. */
import { expect, test } from "vitest";
import { namedOwners, readOwners } from "../../../cli/governance/owners.ts";

const FILE = `# comment
*                 @org/all person@example.com # trailing
*.js              @js
/build/logs/      @logs
docs/*            @docs
apps/             @apps
/scripts/ @one @org/two
**/deep           @deep
/gen/
my\\ file.txt      @blank
`;

test.each([
  ["README.md", ["@org/all", "person@example.com"]],
  ["src/a.js", ["@js"]],
  ["build/logs/x/y.txt", ["@logs"]],
  ["other/build/logs/x.txt", ["@org/all", "person@example.com"]],
  ["docs/a.md", ["@docs"]],
  ["docs/deep-down/a.md", ["@org/all", "person@example.com"]],
  ["x/apps/a.txt", ["@apps"]],
  ["scripts/run.sh", ["@one", "@org/two"]],
  ["a/b/deep/c.txt", ["@deep"]],
  ["gen/a.ts", []],
  ["my file.txt", ["@blank"]],
  [".github/CODEOWNERS", ["@org/all", "person@example.com"]],
])("%s", (path, owners) => {
  expect(readOwners(FILE)(path)).toEqual(owners);
});

test("case counts, and a pattern with ! or of a class is a name", () => {
  const owners = readOwners("/Src/ @a\n!keep @b\n");
  expect(owners("src/a.ts")).toEqual([]);
  expect(owners("keep")).toEqual([]);
});

test("sections give their owners to lines without any", () => {
  const owners = readOwners("[Backend][2] @backend\n/api/\n/db/ @dba\n^[Docs]\n/docs/\n");
  expect([owners("api/a"), owners("db/a"), owners("docs/a")]).toEqual([["@backend"], ["@dba"], []]);
});

test("all that are named", () => {
  expect(namedOwners(FILE)).toContain("@org/two");
});
