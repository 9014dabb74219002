/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */

export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "gauge" | "counter";
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

/** Every metric with its help and type, one line per sample. */
export function renderMetrics(metrics: readonly Metric[]): string {
  return metrics.map((metric) => `${render(metric).join("\n")}\n`).join("");
}

function render(metric: Metric): readonly string[] {
  return [
    `# HELP ${metric.name} ${metric.help}`,
    `# TYPE ${metric.name} ${metric.type}`,
    ...metric.samples.map(({ labels, value }) => `${metric.name}${renderLabels(labels)} ${value}`),
  ];
}

function renderLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
