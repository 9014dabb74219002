/** The project speaks of itself only: no path of a machine, no address of a package registry, nothing that looks like a real secret. */
import { describe, expect, test } from "vitest";
import { projectTree, textOf } from "./project-tree.ts";

/** Something that must not stand in a file; `sample` is a text in which the pattern must find it. Put together here, so that this file passes. */
interface Forbidden {
  readonly what: string;
  readonly pattern: RegExp;
  readonly sample: string;
}

const FORBIDDEN: readonly Forbidden[] = [
  {
    what: "an absolute path of a machine",
    pattern: /(?<![\w.@*-])\/(?:work|root|home\/\w+|Users\/\w+|mnt|opt\/\w+)\/[\w.-]/,
    sample: ["see /wo", "rk/main/x"].join(""),
  },
  {
    what: "a path out of the project",
    pattern: /(?:^|[\s`"'(])\.\.\/shared\b/m,
    sample: ["see `..", "/shared/x`"].join(""),
  },
  {
    what: "the address of a package registry",
    pattern: /https?:\/\/[^\s/"'`]*(?:registry|artifact|nexus|verdaccio|pypi|mirror)[^\s/"'`]*/i,
    sample: ["https://regis", "try.acme.dev/x"].join(""),
  },
  {
    what: "the number of an issue",
    pattern: /\bissues? #?\d+\b/i,
    sample: ["see iss", "ue #12"].join(""),
  },
  {
    what: "a private key",
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    sample: ["-----BEGIN RSA PRIV", "ATE KEY-----"].join(""),
  },
  {
    what: "a key of a known service",
    pattern:
      /\b(?:sk-ant-[\w-]{8,}|sk_live_\w{8,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|AKIA[0-9A-Z]{16}|xox[bap]-[\w-]{10,})/,
    sample: ["ghp", "a".repeat(36)].join("_"),
  },
];

/** Public compose files, kept as their authors wrote them (CC0): the paths in them are those of their own containers. */
const THIRD_PARTY = "test/fixtures/compose/awesome-compose/";

const texts = projectTree()
  .filter((file) => !/\.(png|jpg|ico|woff2?|gz)$/.test(file) && file !== "package-lock.json")
  .filter((file) => !file.startsWith(THIRD_PARTY))
  .map((file) => [file, textOf(file)] as const);

describe.each(FORBIDDEN)("$what", ({ pattern, sample }) => {
  test("stands in no file", () => {
    const found = texts.flatMap(([file, text]) => {
      const match = pattern.exec(text);
      return match === null ? [] : [`${file}: ${match[0]}`];
    });
    expect(found).toEqual([]);
  });

  test("would be found", () => {
    expect(sample).toMatch(pattern);
  });
});
