/** Models: loads without a check before them, and model files without a signature beside them. */
import { describe, expect, test } from "vitest";
import { modelLoads } from "../../../../core/governance/checks/model-loads.ts";
import { fileAt } from "../given.ts";
import { type Files, hitsOf } from "./source-input.ts";

const CALLS = [
  "joblib.load",
  "pickle.loads",
  "torch.load",
  "pandas.read_pickle",
  "keras.models.load_model",
  "numpy.load(allow_pickle=True)",
];
const given = {
  run: modelLoads,
  check: { kind: "model-loads", calls: CALLS, verified_by: ["verify_signature"] },
} as const;

describe("a load", () => {
  test.each([
    ["import joblib\nm = joblib.load('m')", 2],
    ["from joblib import load as l\ndef f():\n    return l('m')", 3],
    ["import pandas as pd\npd.read_pickle(p)", 2],
    ["import tensorflow as tf\ntf.keras.models.load_model(p)", 2],
    ["import numpy as np\nnp.load(p, allow_pickle=True)", 2],
    ["import torch\ndef f(p):\n    m = torch.load(p)\n    verify_signature(p)", 3],
    ["import torch\ndef g(p):\n    verify_signature(p)\ndef f(p):\n    return torch.load(p)", 5],
  ])("only warns: %s", async (text, line) => {
    expect(await hitsOf({ "a.py": text }, given)).toMatchObject([{ line, onlyWarns: true }]);
  });

  test.each([
    "import torch\ndef f(p):\n    verify_signature(p)\n    return torch.load(p)",
    "import torch\nfrom app.safe import verify_signature as v\ndef f(p):\n    v(p)\n    return [torch.load(x) for x in p]",
    "import torch\n@verify_signature\ndef f(p):\n    return torch.load(p)",
    "import json, joblib\njson.load(f)\njoblib.dump(m, p)\njoblib.loader(p)",
    "import numpy as np\nnp.load(p)\nnp.load(p, allow_pickle=False)",
    "# joblib.load('m')\nTEXT = 'torch.load(p)'",
    "class Store:\n    pass\njoblib = Store()\njoblib.load('m')",
  ])("is silent: %s", async (text) => {
    expect(await hitsOf({ "a.py": text }, given)).toEqual([]);
  });
});

describe("a model file", () => {
  const model = (status: "added" | "modified" | "unchanged", path = "models/a.pkl") =>
    fileAt(path, { status, text: null, unread: "binary", baseText: null });
  const hits = (others: Files, ...changed: ReturnType<typeof model>[]) => hitsOf({}, { ...given, others, changed });

  test("without a signature blocks, whether it is new, changed or was there", async () => {
    for (const status of ["added", "modified", "unchanged"] as const)
      expect(await hits({}, model(status))).toMatchObject([
        { path: "models/a.pkl", subject: "a.pkl", onlyWarns: false },
      ]);
  });

  test("with a signature beside it, in a signed list or in a signed folder is silent", async () => {
    expect(await hits({ "models/a.pkl.sig": "" }, model("added"))).toEqual([]);
    expect(await hits({ SHA256SUMS: "0af3  models/a.pkl\n", "SHA256SUMS.asc": "" }, model("added"))).toEqual([]);
    expect(await hits({ "models/model.sig": "" }, model("added"))).toEqual([]);
  });

  test("in a list that nobody signed, or in a signed list that does not name it, is not", async () => {
    expect(await hits({ "models/SHA256SUMS": "0af3  a.pkl\n" }, model("added"))).toHaveLength(1);
    expect(
      await hits({ "models/SHA256SUMS": "0af3  aa.pkl\n", "models/SHA256SUMS.sig": "" }, model("added")),
    ).toHaveLength(1);
  });

  test("that changed while its signature did not is said", async () => {
    expect(await hits({ "models/a.pkl.sig": "" }, model("modified"))).toMatchObject([
      { message: "is a model that changed, and its signature did not" },
    ]);
    const signature = fileAt("models/a.pkl.sig", { status: "modified" });
    expect(await hits({}, model("modified"), signature)).toEqual([]);
  });

  test("of another kind is no model", async () => {
    expect(await hits({}, model("added", "docs/a.png"))).toEqual([]);
  });
});
