/** Predictions and their record, found in the syntax tree. */
import { describe, expect, test } from "vitest";
import { auditTrail } from "../../../../core/governance/checks/audit-trail.ts";
import { hitsOf } from "./source-input.ts";

const judged = (path: string, text: string) =>
  hitsOf(
    { [path]: text },
    {
      run: auditTrail,
      check: { kind: "audit-trail", predictions: [".predict", "client.messages.create"], audit: ["audit", "audited"] },
    },
  );

describe("leaves a record", () => {
  test.each([
    ["a.py", "def score(x):\n    y = model.predict(x)\n    audit(y)\n    return y"],
    ["a.py", "from app.trail import audit as record\ndef score(x):\n    record(model.predict(x))"],
    ["a.py", "@audited\ndef score(x):\n    return model.predict(x)"],
    ["a.py", "@trail.audited(level=1)\nasync def score(x):\n    return await self.model.predict(x)"],
    ["a.py", "def score(rows):\n    audit(rows)\n    return map(lambda row: model.predict(row), rows)"],
    ["a.py", "def score(x):\n    def inner():\n        return model.predict(x)\n    y = inner()\n    audit(y)"],
    ["a.ts", "export async function score(x) { const y = await model.predict(x); audit(y); return y; }"],
    ["a.ts", "const score = audited(async (x) => model.predict(x));"],
    ["a.ts", "class Scorer { @audited() score(x) { return this.model?.predict(x); } }"],
    ["a.ts", 'app.post("/score", async (c) => { const y = model.predict(c); audit(y); });'],
  ])("%s: %s", async (path, text) => {
    expect(await judged(path, text)).toEqual([]);
  });
});

describe("leaves none", () => {
  test.each([
    ["a.py", "def score(x):\n    return model.predict(x)  # audit(x)", "score"],
    ["a.py", "def score(x):\n    y = model.predict(x)\n    log('audit(y)')", "score"],
    ["a.py", "def score(x):\n    return model.predict(x)\ndef other(x):\n    audit(x)", "score"],
    ["a.py", "class A:\n    def run(self): return self.m.predict(1)\nclass B:\n    def run(self): audit(1)", "A.run"],
    ["a.ts", "const score = (x) => model.predict(x);", "score"],
    ["a.ts", "const score = (x) => client.messages.create(x);", "score"],
    ["a.ts", 'app.post("/a", (c) => model.predict(c)); app.post("/b", (c) => audit(c));', "model.predict"],
    ["a.ts", "audit(1); function score(x) { return model.predict(x); }", "score"],
    ["a.py", "model.predict(1)", "model.predict"],
  ])("%s: %s", async (path, text, subject) => {
    expect(await judged(path, text)).toMatchObject([{ subject, onlyWarns: false }]);
  });
});

test("names that are alike predict nothing", async () => {
  const text = 'def f(x):\n    """model.predict(x)"""\n    predict(x); model.predictable(x); model.predict; unaudit(x)';
  expect(await judged("a.py", text)).toEqual([]);
});
