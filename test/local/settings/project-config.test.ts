/** The repository's configuration file on this machine: which one is read, what is wrong with it, and what a start makes of it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { DeploymentPutSchema } from "../../../core/wire/api/deployments.ts";
import { readDevSettings } from "../../../infra/local/settings/dev.ts";
import { configFileOf, configNotices, loadConfig } from "../../../infra/local/settings/project-config.ts";

const folder = mkdtempSync(join(tmpdir(), "project-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const SERVERS = { prod: "http://localhost:3000", shadow: "http://localhost:3001" };
const own = written(".shadow-infra.yml", "version: 1\n");

describe("which file a local start reads", () => {
  test("the flag goes before the environment, and both before the file of the folder", () => {
    const env = { SHADOW_INFRA_CONFIG: "other.yml" };
    expect(configFileOf({ ...SERVERS, config: "mine.yml" }, env, folder)).toBe(join(folder, "mine.yml"));
    expect(configFileOf(SERVERS, env, folder)).toBe(join(folder, "other.yml"));
    expect(configFileOf(SERVERS, {}, folder)).toBe(own);
    expect(configFileOf({}, { PROD_URL: SERVERS.prod, SHADOW_URL: SERVERS.shadow }, folder)).toBe(own);
  });

  test("the file of the folder says nothing about an example, and a folder without one has none", () => {
    expect(configFileOf({}, {}, folder)).toBeNull();
    expect(configFileOf({ example: "shop" }, { PROD_URL: SERVERS.prod }, folder)).toBeNull();
    expect(configFileOf(SERVERS, {}, tmpdir())).toBeNull();
  });
});

describe("what is wrong is told with its file and line, and there are no settings", () => {
  test.each([
    ["a mistaken key", "version: 1\nrouts: []\n", /broken\.yml:2:1: routs: .*Did you mean "routes"/],
    ["no YAML", "routes: [", /broken\.yml:1:/],
    ["an OpenAPI file that is not there", "openapi: none.yaml\n", /Cannot read the OpenAPI file .*none\.yaml/],
  ])("%s", (_, text, words) => {
    const read = readDevSettings(SERVERS, {}, loadConfig(written("broken.yml", text)));
    expect(read).toEqual({ ok: false, problems: [expect.stringMatching(words)] });
  });

  test("a file that is not there", () => {
    expect(loadConfig(join(folder, "none.yml"))).toMatchObject({ ok: false });
  });

  test("an OpenAPI file that cannot be read is named with its line", () => {
    written("api.yaml", "openapi: 9.0.0\npaths: {}\n");
    const loaded = loadConfig(written("broken.yml", "openapi: api.yaml\n"));
    expect(loaded).toEqual({ ok: false, problems: [expect.stringMatching(/api\.yaml:1: It is not OpenAPI/)] });
  });
});

test("a start registers what the file says, in the form that the report API takes", () => {
  written(
    "api.yaml",
    "openapi: 3.0.0\npaths: { '/users/{userId}': { get: { responses: { 200: { content: { application/json: { schema: { type: object } } } } } } } }",
  );
  const file = written(
    "whole.yml",
    `openapi: api.yaml
control: off
sampling: { methods: [GET], sticky: "cookie:session", rate: 0.01 }
mirror: { include: ["/v1/**"], exclude: ["/v1/admin/**"] }
credentials: { authorization: "secret:TEST_TOKEN" }
redact: { names: [ssn], patterns: ["EMP-[0-9]{6}"], shape_only: true }
routes:
  - { match: "POST /v1/orders/{id}", mirror: true, compare: shape }
  - { match: "GET /v1/**", ignore: ["$.at"], list_key: { "$.items": sku } }
`,
  );
  const loaded = loadConfig(file);
  const read = readDevSettings(SERVERS, {}, loaded);
  if (!loaded.ok || !read.ok) throw new Error(JSON.stringify([loaded, read]));
  const { registration, rate, controlShare } = read.value;
  expect({ rate, controlShare }).toEqual({ rate: 1, controlShare: 0 });
  const put = DeploymentPutSchema.parse({
    repository: { id: 0, fullName: "local/servers" },
    pull: { number: 0, title: "", url: null, branch: "local" },
    headSha: "0123456789ab",
    hosts: ["localhost"],
    shadowOrigin: SERVERS.shadow,
    ...registration,
  });
  expect(put).toMatchObject({
    methods: ["GET"],
    sticky: "cookie:session",
    mirror: { include: ["/v1/**"], exclude: ["/v1/admin/**"] },
    routes: [{ match: "POST /v1/orders/*", mirror: true }],
    redact: { names: ["ssn"], patterns: ["EMP-[0-9]{6}"], shapeOnly: true, phones: false },
    compare: {
      routes: [
        { match: "POST /v1/orders/*", mode: "shape", ignore: [], listKeys: {} },
        { match: "GET /v1/**", mode: "values", ignore: ["$.at"], listKeys: { "$.items": "sku" } },
      ],
      templates: ["/users/{userId}", "/v1/orders/{id}"],
      contract: {
        responses: { "GET /users/{userId}": { "200": { "application/json": { $ref: "#/$defs/part-0" } } } },
        definitions: { "part-0": { type: "object" } },
      },
    },
  });
  expect(configNotices(file, loaded).join("\n")).toMatch(/Reading .*whole\.yml.*\ncredentials \(authorization\)/);
});

test("--control goes before control of the file", () => {
  const loaded = loadConfig(written("off.yml", "control: off\n"));
  const read = readDevSettings({ ...SERVERS, control: "0.5" }, {}, loaded);
  expect(read).toMatchObject({ value: { controlShare: 0.5 } });
});
