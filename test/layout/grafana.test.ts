/** The dashboard and the alert rules: they ask for what `/metrics` writes, and Grafana can lay the dashboard out. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BUDGET_WARNING_SHARE } from "../../core/wire/api/trends.ts";
import {
  dashboard,
  expressions,
  labelsAsked,
  labelsTold,
  metricsAsked,
  namedIn,
  rules,
  targets,
  variables,
} from "./grafana-files.ts";

/** Columns of Grafana's grid. */
const GRID = 24;

/** What writes the metrics: names are texts there. That labels too are what is served, a test of the running report API says. */
const source = readFileSync(new URL("../../workers/report/endpoints/probes-metrics.ts", import.meta.url), "utf8");
const written = new Set(source.match(/(?<=")shadow_\w+(?=")/g));

describe("dashboard and alert rules", () => {
  it.each(expressions)("are PromQL by the grammar of Prometheus: %s", (expr) => {
    expect(namedIn(expr)).toMatchObject({ isSound: true, metrics: [expect.stringMatching(/^shadow_/)] });
  });

  it("ask for the metrics that /metrics writes, and for each of them", () => {
    expect([...metricsAsked].toSorted()).toEqual([...written].toSorted());
  });

  it("are described where docs/trends.md names the metrics, and nothing else is", () => {
    const docs = readFileSync(new URL("../../docs/trends.md", import.meta.url), "utf8");
    const [, metrics = ""] = docs.split("\n## Metrics\n");
    const named = new Set([...metrics.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name));
    expect([...named].toSorted()).toEqual([...metricsAsked, ...labelsAsked].toSorted());
  });

  it("use labels that the metrics carry", () => {
    expect(labelsAsked.size).toBeGreaterThan(4);
    expect([...labelsAsked].filter((label) => !new RegExp(`\\b${label}\\b`).test(source))).toEqual([]);
  });

  it("keep a label by which a rule's words or a legend name something", () => {
    const legends = targets.map(({ expr, legendFormat }) => ({
      expr,
      names: legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? [],
    }));
    const told = rules.map((rule) => ({ expr: rule.expr, names: labelsTold(rule) }));
    const lost = [...legends, ...told].filter(({ expr, names }) => {
      const { kept } = namedIn(expr);
      // A metric as it is has all its labels; `absent` has those of nothing.
      const has = expr.startsWith("absent") ? [] : kept;
      return has !== null && names.some((name) => !has.includes(name));
    });
    expect(lost).toEqual([]);
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
});
