/** Fields that models and schemas must have, in all the ways in which a type gets its fields. */
import { describe, expect, test } from "vitest";
import { requiredFields } from "../../../../core/governance/checks/required-fields.ts";
import { type Files, hitsOf } from "./source-input.ts";

const judged = (files: Files, others: Files = {}) =>
  hitsOf(files, {
    run: requiredFields,
    check: { kind: "required-fields", owners: ["*Shadow*Response", "*Shadow*Schema"], fields: ["model_version"] },
    others,
  });

describe("has the field", () => {
  test.each([
    ["a.py", "class ShadowStatsResponse(BaseModel):\n    model_version: str"],
    ["a.py", "class ShadowStatsResponse(TypedDict, total=False):\n    model_version: str"],
    ["a.py", "class Base(BaseModel):\n    model_version: str\nclass ShadowStatsResponse(Base):\n    count: int"],
    ["a.py", "class ShadowStatsResponse(BaseModel):\n    version: str = Field(alias='model_version')"],
    ["a.py", "class ShadowStatsResponse:\n    def __init__(self):\n        self.model_version = 1"],
    ["a.py", "class ShadowStatsResponse:\n    @property\n    def model_version(self): return 1"],
    ["a.py", "ShadowStatsResponse = TypedDict('ShadowStatsResponse', {'model_version': str})"],
    ["a.py", "ShadowStatsResponse = namedtuple('ShadowStatsResponse', ['model_version', 'count'])"],
    ["a.py", "ShadowStatsResponse = create_model('ShadowStatsResponse', model_version=(str, ...))"],
    ["a.py", "class Meta(BaseModel):\n    model_version: str\nclass ShadowStatsResponse(BaseModel):\n    meta: 'Meta'"],
    ["a.ts", "export interface ShadowStatsResponse { readonly model_version: string }"],
    ["a.ts", "interface Meta { model_version: string }\ninterface ShadowStatsResponse extends Meta { count: number }"],
    ["a.ts", "type Meta = { model_version: string };\ntype ShadowStatsResponse = Meta & { count: number };"],
    ["a.ts", "export const ShadowStatsSchema = z.object({ model_version: z.string() });"],
    [
      "a.ts",
      "const Meta = z.object({ model_version: z.string() });\nexport const ShadowSchema = Meta.extend({ count: z.number() });",
    ],
    [
      "a.ts",
      "const meta = { model_version: z.string() };\nexport const ShadowSchema = z.object({ ...meta, count: z.number() });",
    ],
    [
      "a.ts",
      "const ShadowXSchema = z.object({ model_version: z.string() });\ntype ShadowResponse = z.infer<typeof ShadowXSchema>;",
    ],
    ["a.ts", 'export const ShadowSchema = { type: "object", properties: { model_version: { type: "string" } } };'],
    ["a.ts", "export class ShadowStatsResponse { model_version = 1 }"],
  ])("%s: %s", async (path, text) => {
    expect(await judged({ [path]: text })).toEqual([]);
  });

  test("from a base in another file of the repository", async () => {
    const base = { "app/base.py": "class Base(BaseModel):\n    model_version: str" };
    expect(
      await judged({ "app/a.py": "from .base import Base\nclass ShadowResponse(Base):\n    x: int" }, base),
    ).toEqual([]);
    expect(
      await judged({ "b/a.py": "from app.base import Base\nclass ShadowResponse(Base):\n    x: int" }, base),
    ).toEqual([]);
    const meta = { "src/meta.ts": "export interface Meta { model_version: string }" };
    const text = 'import type { Meta } from "./meta.js";\nexport interface ShadowResponse extends Meta { x: number }';
    expect(await judged({ "src/a.ts": text }, meta)).toEqual([]);
  });
});

describe("has it not", () => {
  test.each([
    ["a.py", "from pydantic import BaseModel\nclass ShadowStatsResponse(BaseModel):\n    count: int  # model_version"],
    [
      "a.py",
      "class ShadowStatsResponse(BaseModel):\n    '''model_version'''\n    def f(self): return {'model_version': 1}",
    ],
    ["a.py", "class ShadowStatsResponse(Generic[T]):\n    model_version_count: int"],
    ["a.ts", "export interface ShadowStatsResponse { model_versions: string }"],
    [
      "a.ts",
      'import { z } from "zod";\nexport const ShadowSchema = z.object({ version: z.literal("model_version") });',
    ],
    ["a.ts", "export class ShadowResponse { run() { return { model_version: 1 }; } }"],
    ["a.ts", "interface Other { model_version: string }\nexport interface ShadowResponse { x: string }"],
  ])("%s: %s", async (path, text) => {
    expect(await judged({ [path]: text })).toMatchObject([{ path, onlyWarns: false }]);
  });
});

test("a base that cannot be looked at makes it a warning", async () => {
  const text = "from acme_contracts import Base\nclass ShadowResponse(Base):\n    x: int";
  expect(await judged({ "a.py": text })).toMatchObject([{ onlyWarns: true, line: 2 }]);
});

test("types with other names, types that only begin alike, and types made of each other", async () => {
  expect(await judged({ "a.ts": "interface ShadowResponseOptions { x: 1 } interface LiveResponse { x: 1 }" })).toEqual(
    [],
  );
  expect(
    await judged({ "a.ts": "interface ShadowResponse extends B { x: 1 } interface B extends ShadowResponse { y: 1 }" }),
  ).toHaveLength(1);
});
