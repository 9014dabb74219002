/** The dashboard and the alert rules as data: checked in form, with the metrics and labels that they name. Prometheus' own grammar reads the expressions. */
import { readFileSync } from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = new URL("../../", import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

const Panel = z.object({
  id: z.int().positive(),
  type: z.string(),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().positive(), h: z.int().positive() }),
  targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
  options: z.object({ legend: z.object({ showLegend: z.literal(true) }).optional() }),
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

export const dashboard = Dashboard.parse(JSON.parse(textOf("infra/grafana/shadow-performance.json")));
export const rules = Rules.parse(parse(textOf("infra/grafana/alerts.yaml"))).groups.flatMap((group) => group.rules);
export const variables = dashboard.templating.list;
export const targets = dashboard.panels.flatMap((panel) => panel.targets);

/** Grafana's way of asking for a label's values, which is no PromQL: the selector, and the label. */
const LABEL_VALUES = /^label_values\((.*), (\w+)\)$/;

const values = variables.flatMap(({ definition }) => (definition === undefined ? [] : [LABEL_VALUES.exec(definition)]));

/** PromQL, every one. */
export const expressions = [
  ...targets.map(({ expr }) => expr),
  ...values.map((found) => found?.[1] ?? "not label_values"),
  ...rules.map(({ expr }) => expr),
];

interface Named {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  /** Labels that are left over after aggregating; null where nothing is aggregated. */
  readonly kept: readonly string[] | null;
  readonly isSound: boolean;
}

/** What an expression names, from its syntax tree. */
export function namedIn(expr: string): Named {
  const found: Record<"VectorSelector" | "LabelName" | "GroupingLabels", string[]> = {
    VectorSelector: [],
    LabelName: [],
    GroupingLabels: [],
  };
  let isSound = true;
  parser.parse(expr).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) isSound = false;
      if (name === "VectorSelector" || name === "LabelName" || name === "GroupingLabels")
        found[name].push(expr.slice(from, to));
    },
  });
  const [grouping] = found.GroupingLabels;
  return {
    metrics: found.VectorSelector.map((selector) => selector.split("{", 1)[0] ?? ""),
    labels: found.LabelName,
    kept: grouping === undefined ? null : grouping.replaceAll(/[()\s]/g, "").split(","),
    isSound,
  };
}

/** Labels in the words of a rule. */
export function labelsTold({ annotations }: (typeof rules)[number]): readonly string[] {
  const words = `${annotations.summary} ${annotations.description}`;
  return [...words.matchAll(/\$labels\.(\w+)/g)].map(([, name = ""]) => name);
}

/** Every metric that is asked for. */
export const metricsAsked: ReadonlySet<string> = new Set(expressions.flatMap((expr) => namedIn(expr).metrics));

/** Every label that is matched, grouped by, or shown. */
export const labelsAsked: ReadonlySet<string> = new Set([
  ...expressions.flatMap((expr) => namedIn(expr).labels),
  ...values.map((found) => found?.[2] ?? "not label_values"),
  ...targets.flatMap(({ legendFormat }) => legendFormat.match(/(?<=\{\{)\w+(?=\}\})/g) ?? []),
  ...rules.flatMap(labelsTold),
]);
