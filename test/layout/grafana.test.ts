/** The dashboard and the alert rules: they ask for what `/metrics` writes, and Grafana can lay the dashboard out. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { BUDGET_WARNING_SHARE } from "../../core/wire/api/trends.ts";

const ROOT = new URL("../../", import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

const BRACKETS = [
  ["(", ")"],
  ["{", "}"],
  ["[", "]"],
] as const;

/** Columns of Grafana's grid. */
const GRID = 24;

const Panel = z.object({
  id: z.int().positive(),
  type: z.string(),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().positive(), h: z.int().positive() }),
  targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
  fieldConfig: z.object({
    defaults: z.object({ thresholds: z.object({ steps: z.array(z.object({ value: z.number().nullable() })) }) }),
  }),
});

const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.int(),
  templating: z.object({ list: z.array(z.object({ name: z.string(), definition: z.string().optional() })) }),
  panels: z.array(Panel),
});

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(["warning", "critical"]) }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

const dashboard = Dashboard.parse(JSON.parse(textOf("infra/grafana/shadow-performance.json")));
const rules = Rules.parse(parse(textOf("infra/grafana/alerts.yaml"))).groups.flatMap((group) => group.rules);
const variables = dashboard.templating.list;
const targets = dashboard.panels.flatMap((panel) => panel.targets);

/** What writes the metrics: names are texts there, labels are names of its values. */
const source = textOf("workers/report/endpoints/probes-metrics.ts");
const written = new Set(source.match(/(?<=")shadow_\w+(?=")/g));

const expressions = [
  ...targets.map(({ expr }) => expr),
  ...variables.flatMap(({ definition }) => definition ?? []),
  ...rules.map(({ expr }) => expr),
];

describe("dashboard and alert rules", () => {
  it("ask for the metrics that /metrics writes, and for each of them", () => {
    const asked = new Set(expressions.flatMap((expr) => expr.match(/\bshadow_\w+/g) ?? []));
    expect([...asked].toSorted()).toEqual([...written].toSorted());
    expect(expressions.filter((expr) => !/\bshadow_\w+/.test(expr))).toEqual([]);
  });

  it("use labels that the metrics carry", () => {
    const matched = expressions.flatMap((expr) => expr.match(/\w+(?=\s*(?:=~|!=|=)\s*")/g) ?? []);
    const grouped = expressions.flatMap((expr) =>
      [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = ""]) => by.split(", ")),
    );
    const shown = targets.flatMap(({ legendFormat }) => legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []);
    const told = rules.flatMap(({ annotations }) =>
      [...`${annotations.summary} ${annotations.description}`.matchAll(/\$labels\.(\w+)/g)].map(
        ([, name = ""]) => name,
      ),
    );
    const labels = [...new Set([...matched, ...grouped, ...shown, ...told])];
    expect(labels.length).toBeGreaterThan(4);
    expect(labels.filter((label) => !new RegExp(`\\b${label}\\b`).test(source))).toEqual([]);
  });

  it("keep a label by which a rule's words name something", () => {
    for (const { alert, expr, annotations } of rules) {
      const kept = new Set([...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, by = ""]) => by.split(", ")));
      const words = `${annotations.summary} ${annotations.description}`;
      const told = [...words.matchAll(/\$labels\.(\w+)/g)].map(([, name = ""]) => name);
      expect(
        told.filter((name) => !kept.has(name)),
        alert,
      ).toEqual([]);
    }
  });

  it("warn from the share at which everything else warns, and at the whole budget", () => {
    const budgetRules = rules.filter(({ expr }) => expr.includes("shadow_budget_use"));
    expect(budgetRules.map(({ labels, expr }) => [labels.severity, /(?<=>= )[\d.]+/.exec(expr)?.[0]])).toEqual([
      ["warning", String(BUDGET_WARNING_SHARE)],
      ["critical", "1"],
    ]);
    const panels = dashboard.panels.filter(({ targets: own }) => own.some(({ expr }) => expr.includes("budget_use")));
    for (const { fieldConfig } of panels)
      expect(fieldConfig.defaults.thresholds.steps.map(({ value }) => value)).toEqual([null, BUDGET_WARNING_SHARE, 1]);
    expect(panels).toHaveLength(2);
  });
});

describe("the dashboard", () => {
  it("has variables for what its expressions ask, and uses each", () => {
    const used = new Set(JSON.stringify(dashboard).match(/(?<=\$)[a-z]+/g));
    expect([...used].toSorted()).toEqual(
      variables
        .map(({ name }) => name)
        .filter((name) => name !== "datasource")
        .toSorted(),
    );
  });

  it("has panels of their own number, side by side and not upon each other", () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= GRID)).toBe(true);
  });

  it("has brackets and quotes in pairs in every expression", () => {
    for (const expr of expressions) {
      const bare = expr.replaceAll(/"[^"]*"/g, "");
      expect(bare, expr).not.toContain('"');
      for (const [open, close] of BRACKETS) expect(bare.split(open).length, expr).toBe(bare.split(close).length);
    }
  });
});
