/** The summary in the terminal: what was sent, what was found, where to look. Pure: a result and colours in, text out. */
import { sumOf } from "./account.ts";
import type { StartResult } from "./result.ts";
import type { Screen } from "./screen.ts";

type Colors = Screen["colors"];
type Row = readonly string[];

/** A drift list longer than this is cut: the report has the rest. */
const SHOWN_DRIFTS = 30;

export function summaryOf(result: StartResult, colors: Colors): string {
  const blocks = [
    headOf(result, colors),
    driftsOf(result, colors),
    ...exampleOf(result, colors),
    footOf(result, colors),
  ];
  return `\n${blocks.join("\n\n")}\n`;
}

function headOf({ counts, ledger, noise, requests, seconds }: StartResult, colors: Colors): string {
  const sent = requests === null ? "" : `${requests.sent} requests sent, `;
  const rows: Row[] = [
    ["Pairs", String(counts.pairs), `${sent}${ledger.sampled} sampled, ${seconds.toFixed(0)} s`],
    [
      "Critical",
      String(counts.critical),
      counts.shadowFailed > 0 ? `${counts.shadowFailed} without an answer of the shadow` : "",
    ],
    ["Warning", String(counts.warning), ""],
    ["Undecided", String(counts.undecided), ""],
    ["Safe", String(counts.safe), `${noise} differences suppressed as noise`],
    ["Skipped", String(sumOf(ledger.skipped)), reasonsOf(ledger.skipped)],
    ["Dropped", String(sumOf(ledger.dropped)), reasonsOf(ledger.dropped)],
    ...(sumOf(ledger.lost) > 0 ? [["Lost", String(sumOf(ledger.lost)), reasonsOf(ledger.lost)]] : []),
    ["No table", String(ledger.unrouted), ledger.unrouted > 0 ? "came before the tee knew its table" : ""],
  ];
  const paint: Readonly<Record<string, (text: string) => string>> = {
    Critical: colors.red,
    Warning: colors.yellow,
    Safe: colors.green,
  };
  return table(rows, ["left", "right", "left"], ([name, ...rest]) => [
    (paint[name ?? ""] ?? colors.bold)(name ?? ""),
    ...rest,
  ]);
}

function driftsOf({ counts, drifts }: StartResult, colors: Colors): string {
  const counting = drifts.filter((drift) => drift.noise === null);
  if (counts.pairs === 0) return "No pair was compared: nothing can be said about the two versions.";
  if (counting.length === 0) return "No drift: the two versions answer alike.";
  const rows = counting
    .slice(0, SHOWN_DRIFTS)
    .map(
      (drift): Row => [drift.verdict, drift.route, drift.rule, drift.pattern, `${drift.count} of ${drift.routePairs}`],
    );
  const more = counting.length > SHOWN_DRIFTS ? `\n  and ${counting.length - SHOWN_DRIFTS} more in the report` : "";
  const paint = (row: Row): Row => [
    row[0] === "Critical" ? colors.red(row[0]) : colors.yellow(row[0] ?? ""),
    ...row.slice(1),
  ];
  const head: Row = ["Verdict", "Route", "Rule", "Where", "Pairs"];
  const text = table([head, ...rows], ["left", "left", "left", "left", "right"], (row) =>
    row === head ? row.map(colors.bold) : paint(row),
  );
  return `${text}${more}`;
}

function exampleOf({ outcome }: StartResult, colors: Colors): readonly string[] {
  if (outcome === null) return [];
  const found = outcome.planted.filter((one) => one.found).length;
  const rows = outcome.planted.map((one): Row => [one.found ? "found" : "MISSED", one.id, one.what]);
  const planted = table(rows, ["left", "left", "left"], ([state, ...rest]) => [
    (state === "found" ? colors.green : colors.red)(state ?? ""),
    ...rest,
  ]);
  const alarms = outcome.falseAlarms.map(
    (drift) => `  ${colors.red("FALSE ALARM")} ${drift.route} ${drift.rule} ${drift.pattern}`,
  );
  const quiet = alarms.length === 0 ? "  Nothing was reported where only noise differs." : alarms.join("\n");
  return [`${colors.bold(`Planted regressions: ${found} of ${outcome.planted.length} found`)}\n${planted}\n${quiet}`];
}

function footOf({ reportUrl, missing, result }: StartResult, colors: Colors): string {
  const words = {
    passed: colors.green("Passed: every planted regression was reported and no noise was."),
    failed: colors.red("Failed: a planted regression was missed, or noise was reported."),
    undecided: colors.yellow(`Could not decide: not every request is accounted for. ${missing.join("; ")}.`),
    watched: missing.length === 0 ? "Every request is accounted for." : `Not yet accounted for: ${missing.join("; ")}.`,
  };
  return `${words[result]}\nReport: ${colors.cyan(reportUrl)}`;
}

function reasonsOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
}

/** Columns as wide as their longest text; colours are added after measuring. */
function table(rows: readonly Row[], align: readonly ("left" | "right")[], paint: (row: Row) => Row): string {
  const widths = align.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  const lines = rows.map((row) =>
    paint(row)
      .map((cell, i) => {
        const gap = " ".repeat((widths[i] ?? 0) - (row[i] ?? "").length);
        return align[i] === "right" ? gap + cell : cell + gap;
      })
      .join("  "),
  );
  return lines.map((line) => `  ${line}`.trimEnd()).join("\n");
}
