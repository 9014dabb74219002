/** Layers: which file an import means, and whether the file that imports may. */
import { expect, test } from "vitest";
import { layers } from "../../../../core/governance/checks/layers.ts";
import { type Files, hitsOf } from "./source-input.ts";

const LAYERS = [
  { from: "core/**", may_import: [] },
  { from: "cli/**", may_import: ["core/**", "infra/**"] },
  { from: "app/domain/**", may_import: [] },
  { from: "app/**", may_import: ["app/domain/**"] },
];
const subjects = async (files: Files, others: Files = {}) =>
  (await hitsOf(files, { run: layers, check: { kind: "layers", layers: LAYERS }, others })).map(
    ({ subject }) => subject,
  );

test.each([
  ["core/a.ts", 'import { x } from "../cli/b.ts";', ["cli/b.ts"]],
  ["core/a.ts", 'import type { X } from "../cli/b.js";', ["cli/b.ts"]],
  ["core/deep/a.ts", 'export * from "../../cli";', ["cli/index.ts"]],
  ["core/a.ts", 'await import("../workers/gone.ts");', ["workers/gone.ts"]],
  ["cli/a.ts", 'import "../../outside.ts";', ["../outside.ts"]],
  ["app/domain/a.py", "from app.web import routes", ["app/web/__init__.py", "app/web/routes.py"]],
  ["app/domain/a.py", "from ..web import routes as r", ["app/web/__init__.py", "app/web/routes.py"]],
  ["app/domain/a.py", "def f():\n    import app.web.routes", ["app/web/routes.py"]],
])("%s may not: %s", async (path, text, expected) => {
  const others = { "cli/b.ts": "", "cli/index.ts": "", "app/web/__init__.py": "", "app/web/routes.py": "" };
  expect(await subjects({ [path]: text }, others)).toEqual(expected);
});

test.each([
  ["core/a.ts", 'import { x } from "./b.ts"; import zod from "zod"; import fs from "node:fs";'],
  ["cli/a.ts", 'import "../core/a.ts"; import "./b"; import "../infra/c.mjs";'],
  ["core/a.ts", '// import "../cli/b.ts"\nconst text = "../cli/b.ts";'],
  ["other/a.ts", 'import "../cli/b.ts";'],
  ["app/web/a.py", "from app.domain import model\nimport json, requests"],
  ["app/domain/a.py", "from . import model\nfrom .model import X\nimport app_web"],
])("%s may: %s", async (path, text) => {
  expect(await subjects({ [path]: text }, { "cli/b.ts": "", "app/domain/model.py": "" })).toEqual([]);
});
