/**
 * A judged pair as the rows that are stored of it. Pure; the statements that store them are beside it.
 */
import type { Finding } from "../../../core/compare/finding.ts";
import { featuresOf } from "../../../core/conditions/features.ts";
import type { CapturedPair } from "../../../core/pair/captured.ts";
import { answered, type Observation } from "../../../core/pair/pair.ts";
import type { RouteLesson } from "../../../core/verdict/case.ts";
import { signatureKey } from "../../../core/verdict/effective.ts";
import { rank, type Verdict } from "../../../core/verdict/severity.ts";
import type { responsePairs, verdicts } from "../../../migrations/schema.ts";

/** What is stored of one pair. */
export interface Recordable {
  readonly captured: CapturedPair;
  readonly route: string;
  readonly equal: boolean;
  readonly verdict: Verdict;
  readonly reasoning: string;
  readonly findings: readonly Finding[];
  readonly lesson: RouteLesson;
  readonly bodyKey: string | null;
}

/** Findings, differences and excerpts kept per pair: a page's worth. D1 takes rows of 2 MB at most. */
const MAX_FINDINGS = 100;
const MAX_FINDINGS_CHARS = 200_000;
const MAX_DIFFERENCES = 10;
const MAX_EXCERPT_CHARS = 500;

/** Paths and reasons may hold keys of a body; a key can be as long as a body. */
const MAX_LABEL_CHARS = 500;
const MAX_REASONING_CHARS = 2_000;

/** Paths with very long query strings are cut; they are for reading. */
const MAX_PATH_CHARS = 4_096;

/** Drifts counted per pair. A body with more different signatures than this is another document altogether. */
const MAX_DRIFTS_PER_PAIR = 300;

/** The part of it that the pair's own row is made of. */
export type RecordablePair = Pick<Recordable, "captured" | "route" | "equal" | "bodyKey">;

export function pairRow(r: RecordablePair, batchId: string): typeof responsePairs.$inferInsert {
  const { captured } = r;
  const { prod, shadow } = captured;
  return {
    id: captured.id,
    deploymentId: captured.deploymentId,
    route: r.route,
    method: captured.request.method,
    path: captured.request.path.slice(0, MAX_PATH_CHARS),
    capturedAt: captured.capturedAt,
    prodStatus: answered(prod) ? prod.status : null,
    shadowStatus: answered(shadow) ? shadow.status : null,
    shadowFailed: answered(shadow) ? null : shadow.failed,
    prodLatencyMs: prod.latencyMs,
    shadowLatencyMs: shadow.latencyMs,
    controlLatencyMs: latencyOf(captured.control),
    baseLatencyMs: latencyOf(captured.base),
    prodBytes: bytesOf(prod),
    shadowBytes: bytesOf(shadow),
    features: JSON.stringify(
      featuresOf({ request: captured.request, route: r.route, credentials: captured.credentials }),
    ),
    equal: r.equal,
    bodyKey: r.bodyKey,
    insertedBy: batchId,
  };
}

export function verdictRow(r: Recordable, now: number): typeof verdicts.$inferInsert {
  return {
    pairId: r.captured.id,
    deploymentId: r.captured.deploymentId,
    verdict: r.verdict,
    decidedBy: "rule",
    reasoning: r.reasoning.slice(0, MAX_REASONING_CHARS),
    findings: JSON.stringify(keptFindings(r.findings)),
    signatures: signatureKey(r.findings),
    createdAt: now,
  };
}

/** One finding's share in its drift: one entry per pair and signature. */
export interface DriftEntry {
  readonly pairId: string;
  readonly deploymentId: string;
  readonly route: string;
  readonly at: number;
  readonly signature: string;
  readonly rule: string;
  /** Ranks, so that SQL can take the worst. */
  readonly severity: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly pattern: string;
  readonly kind: string | null;
  readonly reason: string;
  /** 1 when it counts in this pair, and 1 when it was suppressed as noise; both for a list with some of each. */
  readonly counts: 0 | 1;
  readonly noise: 0 | 1;
  readonly noiseReason: string | null;
  readonly noiseBy: string | null;
  readonly sample: string | null;
}

export function driftEntries(r: Recordable): DriftEntry[] {
  const bySignature = new Map<string, Finding[]>();
  for (const finding of r.findings) {
    const group = bySignature.get(finding.signature);
    if (group !== undefined) group.push(finding);
    else if (bySignature.size < MAX_DRIFTS_PER_PAIR) bySignature.set(finding.signature, [finding]);
  }
  return [...bySignature.values()].flatMap((group) => driftEntry(r, group) ?? []);
}

function driftEntry(r: Recordable, group: readonly Finding[]): DriftEntry | null {
  const counting = group.filter((f) => f.noise === null);
  const judged = counting.length > 0 ? counting : group;
  const first = judged.toSorted((a, b) => rank(b.severity) - rank(a.severity))[0];
  if (first === undefined) return null;
  const noise = group.find((f) => f.noise !== null)?.noise ?? null;
  const sample = first.differences[0];
  return {
    pairId: r.captured.id,
    deploymentId: r.captured.deploymentId,
    route: r.route,
    at: r.captured.capturedAt,
    signature: first.signature,
    rule: first.rule,
    severity: Math.max(...judged.map((f) => rank(f.severity))),
    floor: Math.max(...judged.map((f) => rank(f.floor))),
    ceiling: Math.max(...judged.map((f) => rank(f.ceiling))),
    pattern: first.pattern.slice(0, MAX_LABEL_CHARS),
    kind: sample?.kind ?? null,
    reason: first.reason.slice(0, MAX_LABEL_CHARS),
    counts: counting.length > 0 ? 1 : 0,
    noise: noise === null ? 0 : 1,
    noiseReason: noise?.reason ?? null,
    noiseBy: noise?.by ?? null,
    sample: sample === undefined ? null : JSON.stringify(trimmedDifference(sample)),
  };
}

/** The worst findings first, until a page is full. The rest is counted in drifts all the same. */
export function keptFindings(findings: readonly Finding[]): Finding[] {
  const ordered = findings.toSorted((a, b) => weight(b) - weight(a));
  const kept: Finding[] = [];
  let size = 0;
  for (const finding of ordered.slice(0, MAX_FINDINGS)) {
    const trimmed = trimmedFinding(finding);
    size += JSON.stringify(trimmed).length;
    if (size > MAX_FINDINGS_CHARS) break;
    kept.push(trimmed);
  }
  return kept;
}

function trimmedFinding(f: Finding): Finding {
  const label = (text: string) => text.slice(0, MAX_LABEL_CHARS);
  const differences = f.differences.slice(0, MAX_DIFFERENCES).map(trimmedDifference);
  return { ...f, path: label(f.path), pattern: label(f.pattern), reason: label(f.reason), differences };
}

function weight(finding: Finding): number {
  return finding.noise === null ? rank(finding.severity) + 1 : 0;
}

function trimmedDifference(d: Finding["differences"][number]): Finding["differences"][number] {
  return {
    ...d,
    path: d.path.slice(0, MAX_LABEL_CHARS),
    pattern: d.pattern.slice(0, MAX_LABEL_CHARS),
    reference: d.reference?.slice(0, MAX_EXCERPT_CHARS),
    shadow: d.shadow?.slice(0, MAX_EXCERPT_CHARS),
  };
}

function latencyOf(side: Observation | undefined): number | null {
  return answered(side) ? side.latencyMs : null;
}

function bytesOf(side: Observation): number {
  if (!answered(side)) return 0;
  return side.bodyBytes ?? new TextEncoder().encode(side.body).byteLength;
}
