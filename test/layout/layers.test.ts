/** Dependencies point inwards, packages stay in their homes, and core decides by its arguments alone. */
import { describe, expect, test } from "vitest";
import { violations } from "./layers.ts";
import { isSource, projectTree, textOf } from "./project-tree.ts";
import { sourceFacts } from "./source-facts.ts";

const sources = projectTree()
  .filter(isSource)
  .map((file) => sourceFacts(file, textOf(file)));

test("the tree keeps its layers", () => {
  expect(violations(sources)).toEqual([]);
});

test("the tree was really read", () => {
  expect(sources.length).toBeGreaterThan(40);
  expect(sources.find(({ file }) => file === "core/verdict/case.ts")?.imports).toContain("core/compare/finding.ts");
});

/** A file that breaks one rule. */
const BROKEN = [
  ["core/pair/pair.ts", 'import { deploy } from "../../cli/deploy/deploy.ts";', "direction"],
  ["core/pair/pair.ts", 'import type { Env } from "../../workers/tee/index.ts";', "direction"],
  ["core/pair/pair.ts", 'type T = import("../../infra/local/ports.ts").T;', "direction"],
  ["durable-objects/registry/registry.ts", 'export { x } from "../../workers/report/index.ts";', "direction"],
  ["workers/tee/index.ts", 'import { app } from "../report/index.ts";', "direction"],
  ["workers/tee/index.ts", 'import { drifts } from "../../migrations/schema.ts";', "direction"],
  ["workers/compare/index.ts", 'const app = await import("../report/app.ts");', "direction"],
  ["pages/src/main.tsx", 'import { severity } from "../../core/verdict/severity.ts";', "direction"],
  ["cli/main.ts", 'export * from "../test/layout/layers.ts";', "direction"],
  ["infra/local/start.ts", 'import "../../workers/tee/index.ts";', "direction"],
  ["infra/local/start.ts", 'import { devCommand } from "../../cli/commands/dev.ts";', "direction"],
  ["infra/local/start.ts", 'import { EXIT } from "../../cli/exit.ts";', "direction"],
  ["core/wire/message.ts", 'import { x } from "../../../elsewhere.ts";', "direction"],
  ["workers/tee/index.ts", 'import { Hono } from "hono";', "package-home"],
  ["workers/tee/index.ts", 'import { z } from "zod";', "package-home"],
  ["workers/compare/index.ts", 'import { cors } from "hono/cors";', "package-home"],
  ["workers/report/app.ts", 'import Anthropic from "@anthropic-ai/sdk";', "package-home"],
  ["workers/report/app.ts", 'import { StateGraph } from "@langchain/langgraph/web";', "package-home"],
  ["workers/report/app.ts", 'import { join } from "node:path";', "package-home"],
  ["workers/tee/index.ts", 'import { readFileSync } from "node:fs";', "package-home"],
  ["durable-objects/registry/registry.ts", 'import { createHash } from "node:crypto";', "package-home"],
  ["cli/compare/judge.ts", 'import { sql } from "drizzle-orm";', "package-home"],
  ["migrations/other.ts", 'import { sql } from "drizzle-orm";', "package-home"],
  ["core/compare/diff.ts", 'import { z } from "zod";', "package-home"],
  ["core/wire/message.ts", 'import { Buffer } from "node:buffer";', "package-home"],
  ["core/pair/pair.ts", "export const now = () => Date.now();", "impure-core"],
  ["core/pair/pair.ts", "export const now = () => new Date();", "impure-core"],
  ["core/pair/pair.ts", "export const now = () => Date();", "impure-core"],
  ["core/pair/pair.ts", "export const pick = () => Math.random();", "impure-core"],
  ["core/pair/pair.ts", "export const log = () => console.log(1);", "impure-core"],
  ["core/pair/pair.ts", "export const env = () => process.env;", "impure-core"],
  ["core/pair/pair.ts", 'export const get = () => fetch("/");', "impure-core"],
] as const;

describe("the checker notices", () => {
  test.each(BROKEN)("%s with %s (%s)", (file, text, rule) => {
    expect(violations([sourceFacts(file, text)])).toEqual([expect.objectContaining({ file, rule })]);
  });
});

/** Files that keep the rules and look almost as if they did not. */
const FINE = [
  ["core/pair/pair.ts", '// import { Hono } from "hono";\nexport const text = "import x from \'../../cli/main.ts\'";'],
  ["core/pair/pair.ts", "export const day = (now: number) => new Date(now).toISOString();"],
  ["core/wire/message.ts", 'import { z } from "zod";'],
  ["workers/compare/graph.ts", 'import { StateGraph } from "@langchain/langgraph/web";'],
  ["workers/report/index.ts", 'export { Registry } from "../../durable-objects/registry/registry.ts";'],
  ["pages/src/main.tsx", 'import { PairSchema } from "../../core/wire/recorded-pair.ts";'],
  ["cli/commands/dev.ts", 'import { launch } from "../../infra/local/launch.ts";'],
  ["test/core/pair.test.ts", 'import { test } from "vitest"; import { x } from "../../workers/tee/index.ts";'],
] as const;

describe("the checker is silent about", () => {
  test.each(FINE)("%s with %s", (file, text) => {
    expect(violations([sourceFacts(file, text)])).toEqual([]);
  });
});
