/** What the file says about comparing reaches the engine in the engine's form. */
import { expect, test } from "vitest";
import { compareSettingsOf } from "../../../core/config/compare-settings.ts";
import { parseProjectConfig } from "../../../core/config/parse.ts";

function settingsOf(text: string, openapi: Parameters<typeof compareSettingsOf>[1] = null) {
  const parsed = parseProjectConfig(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return compareSettingsOf(parsed.value, openapi);
}

test("routes keep their order, mode, ignores and list keys", () => {
  const text = `routes:
  - { match: "GET /v1/orders/**", compare: shape, ignore: ["$.at"], list_key: { "$.items": sku } }
  - { match: "* /v1/**" }`;
  expect(settingsOf(text)).toEqual({
    routes: [
      { match: "GET /v1/orders/**", mode: "shape", ignore: ["$.at"], listKeys: { "$.items": "sku" } },
      { match: "* /v1/**", mode: "values", ignore: [], listKeys: {} },
    ],
    templates: [],
    aliases: {},
    contract: null,
  });
});

test("a match with names in braces is a route template and a glob", () => {
  const settings = settingsOf(`routes: [{ match: "GET /blog/{slug}" }, { match: "GET /a/{b}/**" }]`);
  expect(settings.templates).toEqual(["/blog/{slug}"]);
  expect(settings.routes.map((r) => r.match)).toEqual(["GET /blog/*", "GET /a/*/**"]);
});

test("templates of the OpenAPI file come first, each once", () => {
  const contract = { responses: {}, definitions: {} };
  const openapi = { templates: ["/users/{userId}", "/blog/{slug}"], contract };
  const settings = settingsOf(`routes: [{ match: "GET /blog/{slug}" }, { match: "GET /x/{y}" }]`, openapi);
  expect(settings.templates).toEqual(["/users/{userId}", "/blog/{slug}", "/x/{y}"]);
  expect(settings.contract).toBe(contract);
});
