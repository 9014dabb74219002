/** OpenAPI files of every version become route templates and plain JSON Schema. */
import { describe, expect, test } from "vitest";
import { MAX_OPENAPI_CHARS, readOpenApi } from "../../../core/openapi/read.ts";
import { violationsIn } from "../../../core/openapi/violations.ts";
import { cpuMsSince, cpuNow } from "../../cpu-time.ts";

function partsOf(text: string) {
  const read = readOpenApi(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read;
}

/** An OpenAPI file whose one answer has this schema, checked against a body. */
function wrongAt(schema: object, body: unknown, more: object = {}): readonly string[] | null {
  const content = { "application/json": { schema } };
  const file = { openapi: "3.0.3", paths: { "/a": { get: { responses: { 200: { content } } } } }, ...more };
  const { contract } = partsOf(JSON.stringify(file)).value;
  const found = contract.responses["GET /a"]?.["200"]?.["application/json"];
  return (
    (found === undefined ? [] : violationsIn(JSON.stringify(body), found, contract))?.map(
      ({ path, what }) => `${path} ${what}`,
    ) ?? null
  );
}

const YAML = `
openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://api.shop.example/{stage}/", variables: { stage: { default: v1 } } }]
paths:
  /users/{userId}:
    get:
      responses:
        "200": { $ref: "#/components/responses/User" }
        default: { content: { application/problem+json: { schema: { type: object } } } }
  /health: { $ref: "#/components/pathItems/Health" }
components:
  pathItems: { Health: { get: { responses: { 2xx: { content: { "*/*": { schema: { type: string } } } } } } } }
  responses:
    User: { content: { "application/json; charset=utf-8": { schema: { $ref: "#/components/schemas/User" } } } }
  schemas:
    User:
      type: object
      required: [id]
      properties: { id: { type: integer }, friends: { type: array, items: { $ref: "#/components/schemas/User" } } }
`;

describe("routes", () => {
  test("are templates under the path of the servers", () => {
    const { value } = partsOf(YAML);
    expect(value.templates).toEqual(["/v1/users/{userId}", "/v1/health"]);
    expect(Object.keys(value.contract.responses)).toEqual(["GET /v1/users/{userId}", "GET /v1/health"]);
    expect(Object.keys(value.contract.responses["GET /v1/users/{userId}"] ?? {})).toEqual(["200", "DEFAULT"]);
    expect(Object.keys(value.contract.responses["GET /v1/health"] ?? {})).toEqual(["2XX"]);
  });

  test("of Swagger 2 stand under basePath", () => {
    const schema = { $ref: "#/definitions/User" };
    const file = {
      swagger: "2.0",
      basePath: "/api/",
      paths: { "/users/{id}": { get: { responses: { 200: { schema } } } } },
      definitions: { User: { type: "object", required: ["id"] } },
    };
    const { templates, contract } = partsOf(JSON.stringify(file)).value;
    expect(templates).toEqual(["/api/users/{id}"]);
    const found = contract.responses["GET /api/users/{id}"]?.["200"]?.["*/*"] ?? true;
    expect(violationsIn("{}", found, contract)).toEqual([{ path: "$.id", pattern: "$.id", what: "required" }]);
  });
});

test("recursive schemas are followed as deep as the body goes", () => {
  const { contract } = partsOf(YAML).value;
  const schema = contract.responses["GET /v1/users/{userId}"]?.["200"]?.["application/json"] ?? true;
  const body = JSON.stringify({ id: 1, friends: [{ id: 2 }, { id: 3, friends: [{ id: "4" }] }, {}] });
  expect(violationsIn(body, schema, contract)).toEqual([
    { path: "$.friends[1].friends[0].id", pattern: "$.friends[*].friends[*].id", what: "type" },
    { path: "$.friends[2].id", pattern: "$.friends[*].id", what: "required" },
  ]);
});

describe("what 3.0 writes otherwise", () => {
  test.each<[string, object, unknown, string[]]>([
    ["a nullable value may be null", { type: "string", nullable: true }, null, []],
    ["and keeps its type", { type: "string", nullable: true }, 1, ["$ type"]],
    ["a nullable enumeration may be null", { type: "string", nullable: true, enum: ["a"] }, null, []],
    ["others keep their values", { type: "string", enum: ["a"] }, "b", ["$ enum"]],
    ["a nullable reference may be null", { $ref: "#/components/schemas/Id", nullable: true }, null, []],
    ["a nullable allOf may be null", { allOf: [{ $ref: "#/components/schemas/Id" }], nullable: true }, null, []],
    ["an exclusive bound may be a flag", { minimum: 1, exclusiveMinimum: true }, 1, ["$ exclusiveMinimum"]],
    ["or a number", { exclusiveMinimum: 1 }, 1, ["$ exclusiveMinimum"]],
    ["one of several is enough", { oneOf: [{ type: "string" }, { type: "number" }] }, 1, []],
    ["none is too few", { oneOf: [{ type: "string" }, { type: "number" }] }, null, ["$ anyOf"]],
    [
      "anyOf beside oneOf holds as well",
      { oneOf: [{ type: "string" }], anyOf: [{ type: "number" }] },
      "a",
      ["$ anyOf"],
    ],
    ["unknown fields", { properties: { a: {} }, additionalProperties: false }, { a: 1, b: 2 }, ["$.b false"]],
    ["unless patterns name them", { additionalProperties: false, patternProperties: { "^b": {} } }, { b: 2 }, []],
    ["secrets of a request", { required: ["p"], properties: { p: { writeOnly: true } } }, {}, []],
    ["patterns are not run", { type: "string", pattern: "^(a+)+$" }, "b", []],
    ["formats that are known", { type: "string", format: "date" }, "yesterday", ["$ format"]],
    ["tokens of redaction have any form", { type: "string", format: "date" }, "redacted:date:1", []],
  ])("%s", (_, schema, body, wrong) => {
    const more = { components: { schemas: { Id: { type: "string" } } } };
    expect(wrongAt(schema, body, more)).toEqual(wrong);
  });
});

test("what is not in the file is named and not checked", () => {
  const schema = { $ref: "other.yaml#/User" };
  const file = {
    openapi: "3.0.0",
    paths: { "/a": { get: { responses: { 200: { content: { "*/*": { schema } } } } } } },
  };
  const { value, warnings } = partsOf(JSON.stringify(file));
  expect(warnings).toEqual(["other.yaml#/User is not in this file and is not checked."]);
  expect(value.contract.responses["GET /a"]?.["200"]).toEqual({});
});

describe("hostile files", () => {
  test.each([
    ["no OpenAPI", "{}"],
    ["another version", "openapi: 4.0.0"],
    ["a list", "[]"],
    ["broken YAML", "a: ["],
    ["too long", " ".repeat(MAX_OPENAPI_CHARS + 1)],
    ["too deep", "[".repeat(100_000)],
  ])("%s is refused", (_, text) => {
    expect(readOpenApi(text)).toMatchObject({ ok: false, reason: "unreadable-openapi" });
  });

  test("references in a circle end", () => {
    const circle = { $ref: "#/components/schemas/A" };
    expect(wrongAt(circle, 1, { components: { schemas: { A: { $ref: "#/components/schemas/A" } } } })).toBeNull();
    expect(wrongAt(circle, 1, { components: { schemas: { A: { allOf: [circle, circle] } } } })).toBeNull();
  });

  test("a schema that asks for more and more work is given up in time", () => {
    const self = { $ref: "#/components/schemas/A" };
    const A = { anyOf: [{ type: "null" }, { properties: { a: self } }, { properties: { a: self } }, { items: self }] };
    const deep = JSON.parse(`${'{"a":'.repeat(40)}1${"}".repeat(40)}`);
    const started = cpuNow();
    expect(wrongAt(self, deep, { components: { schemas: { A } } })).toBeNull();
    expect(cpuMsSince(started)).toBeLessThan(2_000);
  });

  test("names of objects' own members are names", () => {
    const schema = {
      required: ["constructor"],
      properties: { __proto__: { type: "string" }, constructor: { type: "string" } },
    };
    expect(wrongAt(schema, { constructor: 1 })).toEqual(["$.constructor type"]);
    expect(wrongAt(schema, {})).toEqual(["$.constructor required"]);
  });

  test("a contract that is too large leaves the routes", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`property${n}`, { type: "string" }]),
    );
    const content = { "application/json": { schema: { properties } } };
    const file = { openapi: "3.0.0", paths: { "/a/{b}": { get: { responses: { 200: { content } } } } } };
    const { value, warnings } = partsOf(JSON.stringify(file));
    expect(value).toEqual({ templates: ["/a/{b}"], contract: { responses: {}, definitions: {} } });
    expect(warnings).toEqual([expect.stringContaining("answers are not checked")]);
  });
});
