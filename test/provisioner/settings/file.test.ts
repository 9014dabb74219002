/** The operator's file: problems with their lines, and the schema editors read. `vitest -u` on this file writes the schema anew. */
import { Validator } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import { readOperatorFile } from "../../../infra/provisioner/settings/file.ts";
import { publishedOperatorSchema } from "../../../infra/provisioner/settings/file-schema.ts";

function problemsOf(text: string): readonly string[] {
  const read = readOperatorFile(text, "operator.yaml");
  return read.ok ? [] : read.problems;
}

const ONE = "repositories:\n  - id: 1\n    name: acme/shop\n";

test("one repository is enough", () => {
  expect(problemsOf(ONE)).toEqual([]);
});

test.each([
  ["", /1:1: repositories: /],
  ["repositories: []", /list at least one repository/],
  [
    `${ONE}    host: [a.example.com]`,
    /operator.yaml:4:5: repositories\[0\]\.host: Unknown key "host"\. Did you mean "hosts"\?/,
  ],
  [`${ONE}registrys: [ghcr.io]`, /4:1: registrys: Unknown key "registrys"\. Did you mean "registries"\?/],
  [`${ONE}    hosts: ["https://a.example.com"]`, /4:13: repositories\[0\]\.hosts\[0\]: write a host name/],
  [`${ONE}    secrets: ["SHADOW_DB=hunter2"]`, /SHADOW_INFRA_SECRET_<NAME>/],
  [`${ONE}limits: { memory: lots }`, /4:19: limits\.memory: write a size/],
  [`${ONE}idle_after: soon`, /idle_after: write a duration/],
  [`${ONE}preview_suffixes: [vercel.app]`, /anybody can have a name/],
  [`${ONE}cluster: { reach: gateway }`, /cluster\.reach: .*cluster\.gateway/],
  [`${ONE}cluster: { pull_secret: shadow-env }`, /4:25: cluster\.pull_secret: .*take another/],
  [`${ONE}repositories: []`, /4:1: .*unique/],
  ["a: [", /1:\d+: /],
])("%j is refused with its line", (text, words) => {
  expect(problemsOf(text).join("\n")).toMatch(words);
});

test("a host is one repository's, and an id stands once", () => {
  const text = `
repositories:
  - { id: 1, name: acme/shop, hosts: [shop.example.com] }
  - { id: 2, name: acme/fork, hosts: [www.example.com, shop.example.com] }
  - { id: 1, name: acme/other }
`;
  expect(problemsOf(text)).toEqual([
    expect.stringMatching(/4:56: .*shop\.example\.com is acme\/shop's already/),
    expect.stringMatching(/5:11: .*1 is listed twice/),
  ]);
});

test("docs/schema/operator.schema.json is up to date", async () => {
  await expect(publishedOperatorSchema()).toMatchFileSnapshot("../../../docs/schema/operator.schema.json");
});

test("editors are told of unknown keys by it", () => {
  const validator = new Validator(JSON.parse(publishedOperatorSchema()), "2020-12");
  expect(validator.validate({ repositories: [{ id: 1, name: "acme/shop" }] }).valid).toBe(true);
  expect(validator.validate({ repositories: [{ id: 1, name: "acme/shop", host: [] }] }).valid).toBe(false);
});
