/** The repository of a local start says what a user's would: its configuration is read by the same rules. */
import { expect, test } from "vitest";
import { parseProjectConfig } from "../../../core/config/parse.ts";
import { EXAMPLES } from "../../../infra/local/examples/index.ts";
import { changeOfExample, changeOfServers, projectFileOf } from "../../../infra/local/pull/change.ts";

const between = { prod: "http://localhost:3000", shadow: "http://localhost:3001" };

test.each([
  [
    "an example",
    changeOfExample(EXAMPLES.transit, "/tmp/start", { rate: 1, controlShare: 1, registration: {} }),
    "process",
    "refetch",
  ],
  ["two servers", changeOfServers(between, { rate: 0.25, controlShare: 0, registration: {} }), "url", "off"],
])("the file of %s is a valid configuration", (_, change, driver, control) => {
  expect(parseProjectConfig(projectFileOf(change))).toMatchObject({
    ok: true,
    value: { driver, control, hosts: ["localhost", "127.0.0.1"], sampling: { rate: change.rate } },
  });
});

test("the pull request is called what people will look for", () => {
  expect(changeOfServers(between, { rate: 1, controlShare: 0, registration: {} })).toMatchObject({
    title: "http://localhost:3000 against http://localhost:3001",
    version: { kind: "address", url: between.shadow },
  });
  const { version } = changeOfExample(EXAMPLES.shop, "/tmp/start", { rate: 1, controlShare: 1, registration: {} });
  expect(version.kind === "command" ? version.command.slice(-3) : []).toEqual(["shop", "shadow", "/tmp/start"]);
});
