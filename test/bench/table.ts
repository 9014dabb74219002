/** The result as text. */
import { aligned } from "./aligned.ts";
import type { Result, Row } from "./result.ts";
import type { Estimate, Judgement } from "./statistics.ts";

const HEAD = ["traffic", "body", "CPU per request", "goal", "", "requests/s", "ms each", "mirrored", "queued"];

const WORDS: Readonly<Record<Judgement, string>> = { met: "met", open: "open", missed: "MISSED" };

export function table({ rows, passthrough, bundle, rounds }: Result): string {
  const base = passthrough.map(({ sizeBytes, cpuMsPerRequest, requestsPerSecond }) => {
    const cost = [`${Math.round(requestsPerSecond)}/s`, cpuMsPerRequest.toFixed(2)];
    return ["passthrough Worker", kilobytes(sizeBytes), "1x", "", "", ...cost];
  });
  return [
    aligned([HEAD, ...base, ...rows.map(cellsOf)]),
    "",
    `Multiples of the passthrough Worker: median of ${rounds} rounds [95 % interval]. open: the median lies above the goal, but its interval reaches it.`,
    `Bundle of the tee: ${thousands(bundle.gzipBytes)} gzipped, limit ${bundle.limitBytes / 1000} KB: ${WORDS[bundle.judgement]}; ${thousands(bundle.gzipBytesWithPatterns)} with the engine for patterns`,
    "",
  ].join("\n");
}

function cellsOf(row: Row): readonly string[] {
  const judged = [ratio(row.cpu), `${row.goal}x`, WORDS[row.judgement]];
  const measured = [ratio(row.requestsPerSecond), row.cpuMsPerRequest.toFixed(2)];
  return [
    row.title,
    kilobytes(row.sizeBytes),
    ...judged,
    ...measured,
    percent(row.mirroredShare),
    percent(row.queuedShare),
  ];
}

function kilobytes(bytes: number): string {
  return `${bytes / 1024} KB`;
}

function ratio({ median, low, high }: Estimate): string {
  return `${median.toFixed(2)}x [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function thousands(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
