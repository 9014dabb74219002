/** The explanation of the pairs of one id: as text for people, or as JSON lines. Other pairs are judged and not shown. */
import { type ExplainedDifference, type Explanation, explain } from "../explain.ts";
import type { Format } from "../report.ts";

/** `found` tells how many pairs had the id. */
export function explanation(id: string, asJson: boolean): Format & { readonly found: () => number } {
  let found = 0;
  return {
    found: () => found,
    pair: async (seen, write) => {
      if (seen.pair.id !== id) return;
      found++;
      const explained = explain(seen);
      await write(asJson ? `${JSON.stringify({ schemaVersion: 1, ...explained })}\n` : `${textOf(explained)}\n`);
    },
  };
}

function textOf(explained: Explanation): string {
  const { id, request, route, reference, sides, check, memory, verdict, decidedBy, reasoning } = explained;
  return [
    `${id}: ${request}`,
    "",
    `1. Route: ${route.name}, ${route.why}.`,
    `2. Compared: ${modeOf(explained)}; the shadow against ${reference}.${hostsOf(explained)}`,
    ...sides.map(({ side, answer, latencyMs }) => `     ${side}: ${answer}, ${latencyMs} ms`),
    `3. Structural check: ${check}.`,
    ...explained.onWholeAnswers.map(({ rule, severity, reason }) => `     ${severity} by ${rule}: ${reason}`),
    `4. Known of the route: ${memory.pairs} other pairs, ${memory.secondAnswers} with second answers, ${memory.slow} slow.`,
    `5. Differences: ${explained.differences.length + explained.moreDifferences}.`,
    ...explained.differences.flatMap(differenceLines),
    ...(explained.moreDifferences > 0 ? [`     and ${explained.moreDifferences} more`] : []),
    `6. Verdict: ${verdict}, decided by ${decidedBy}. ${reasoning}`,
  ]
    .map(printable)
    .join("\n");
}

function modeOf({ comparison: { mode, ignore, listKeys } }: Explanation): string {
  const keys = Object.entries(listKeys).map(([list, key]) => `${list} by ${key}`);
  return [
    `by ${mode}`,
    ...(ignore.length > 0 ? [`ignoring ${ignore.join(", ")}`] : []),
    ...(keys.length > 0 ? [`lists told apart: ${keys.join(", ")}`] : []),
  ].join(", ");
}

function hostsOf({ hosts }: Explanation): string {
  if (hosts === null || hosts === undefined) return " Own hosts are guessed: the recording does not name them.";
  const named = Object.entries(hosts).map(([side, host]) => `${side} ${host}`);
  return ` Links to the own host are the same on all sides: ${named.join(", ")}.`;
}

function differenceLines(difference: ExplainedDifference): readonly string[] {
  const { kind, path, reference, shadow, secondAnswers, learned, rule, noise, counts } = difference;
  const again = [
    ...secondAnswers.map((name) => `${name} shows it too`),
    ...(learned.of > 0 ? [`seen in ${learned.count} of ${learned.of} second answers of other pairs`] : []),
  ];
  return [
    `   - ${path} (${kind}): ${reference ?? "absent"} became ${shadow ?? "absent"}`,
    ...(again.length > 0 ? [`       second answers: ${again.join("; ")}`] : []),
    rule === null ? "       no rule has an opinion" : ruleLine(difference),
    ...(noise === null ? [] : [`       noise: ${noise}`]),
    ...(counts === null ? [] : [`       counts: ${counts}`]),
  ];
}

function ruleLine({ rule, severity, floor, ceiling, signature }: ExplainedDifference): string {
  const range = floor === ceiling ? "" : `, a model may say ${floor} to ${ceiling}`;
  return `       rule: ${rule}, ${severity}${range}; signature ${signature}`;
}

/** Answers are anybody's: nothing of them may steer the terminal. */
function printable(line: string): string {
  return line.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}
