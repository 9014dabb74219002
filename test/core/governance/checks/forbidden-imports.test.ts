/** Forbidden packages: what is an import of one, and all that only looks like it. */
import { describe, expect, test } from "vitest";
import { forbiddenImports } from "../../../../core/governance/checks/forbidden-imports.ts";
import { HEAVY_ML_MODULES } from "../../../../core/governance/forbidden-modules.ts";
import { hitsOf } from "./source-input.ts";

const judged = (path: string, text: string, more: object = {}) =>
  hitsOf(
    { [path]: text },
    { run: forbiddenImports, check: { kind: "forbidden-imports", modules: [...HEAVY_ML_MODULES, "xgboost"], ...more } },
  );

describe("imports", () => {
  test.each([
    ["a.py", "import torch"],
    ["a.py", "import os, torch.nn as nn"],
    ["a.py", "from torch.utils import data"],
    ["a.py", "def handler():\n    import xgboost as xgb"],
    ["a.py", "try:\n    import tensorflow\nexcept ImportError:\n    tensorflow = None"],
    ["a.py", "import importlib\nxgb = importlib.import_module('xgboost')"],
    ["a.py", "from importlib import import_module as load\nload('torch.nn')"],
    ["a.py", "NAME = 1; __import__('torch')"],
    ["a.pyi", "import keras"],
    ["a.ts", 'import * as tf from "@tensorflow/tfjs-node";'],
    ["a.ts", 'export { Session } from "onnxruntime-node";'],
    ["a.mts", 'const tf = await import("@tensorflow/tfjs");'],
    ["a.cjs", 'const { InferenceSession } = require("onnxruntime-node/dist/backend");'],
    ["a.cts", 'import tf = require("@tensorflow/tfjs");'],
    ["a.ts", "await import(`@xenova/transformers`);"],
    ["a.ts", 'import tf from "npm:@tensorflow/tfjs@4.22.0";'],
    ["a.tsx", 'import "@tensorflow/tfjs-backend-webgl";\nexport const A = () => <p />;'],
    ["a.ipynb", JSON.stringify({ cells: [{ cell_type: "code", source: ["%pip install torch\n", "import torch"] }] })],
  ])("%s: %s", async (path, text) => {
    expect(await judged(path, text)).toMatchObject([{ path, onlyWarns: false }]);
  });

  test("under a package: the submodule that `from` names", async () => {
    const hits = await judged("a.py", "from sklearn import ensemble, metrics", { modules: ["sklearn.ensemble"] });
    expect(hits).toMatchObject([{ subject: "sklearn.ensemble", line: 1 }]);
    expect(await judged("a.py", "from sklearn import metrics", { modules: ["sklearn.ensemble"] })).toEqual([]);
  });
});

describe("no imports", () => {
  test.each([
    ["a.py", "# import torch"],
    ["a.py", '"""\nimport torch\n"""'],
    ["a.py", "SQL = 'import torch'\nexec(SQL)"],
    ["a.py", "import torchlight, mytorch, torch_geometric_stub"],
    ["a.py", "from .torch import load\nfrom . import xgboost\nfrom ..ml import keras"],
    ["a.py", "from app.torch import x"],
    ["a.py", 'def f(x: "torch.Tensor") -> "keras.Model": ...'],
    ["a.py", "torch = {}\ntorch.load = 1"],
    ["a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch"],
    ["a.ts", '// import "@tensorflow/tfjs"\n/* require("torch") */'],
    ["a.ts", "const text = 'import \"onnxruntime-node\"'; const t = `require('torch')`;"],
    ["a.ts", 'import { x } from "./torch.ts"; import y from "../xgboost/index.ts"; import z from "@acme/torch";'],
    ["a.ts", 'import type { Tensor } from "@tensorflow/tfjs"; import { type Rank } from "@tensorflow/tfjs-core";'],
    ["a.ts", 'type T = import("@tensorflow/tfjs").Tensor;'],
    ["a.ts", 'const name = "torch"; other.require("torch"); load.import("torch");'],
    ["a.md", "import torch"],
    ["a.vue", '<script>import "torch"</script>'],
    [
      "a.ipynb",
      JSON.stringify({
        cells: [
          { cell_type: "markdown", source: "import torch" },
          { cell_type: "code", source: "# import torch" },
        ],
      }),
    ],
  ])("%s: %s", async (path, text) => {
    expect(await judged(path, text)).toEqual([]);
  });
});

test("types alone are forbidden where the rule says so", async () => {
  expect(await judged("a.ts", 'import type { A } from "xgboost";', { allow_type_only: false })).toHaveLength(1);
});

test("a file that cannot be read to its end is a warning where it names what is forbidden, and nothing elsewhere", async () => {
  expect(await judged("a.ts", 'import { torch from "x";\nconst = ;')).toMatchObject([
    { onlyWarns: true, subject: "torch" },
  ]);
  expect(await judged("a.ts", "const = ;")).toEqual([]);
});
