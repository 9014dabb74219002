/** The last stage: one verdict per pair, who decided it, and why in one or two sentences. */
import type { Finding } from "../compare/finding.ts";
import { answered } from "../pair/pair.ts";
import type { Case } from "./case.ts";
import { type Decision, decidedSeverity } from "./decision.ts";
import { type Decider, rank, type Severity, type Verdict, worst } from "./severity.ts";
import { undecidedReason } from "./undecided.ts";

export interface Judged {
  readonly id: string;
  readonly route: string;
  readonly verdict: Verdict;
  readonly decidedBy: Decider;
  readonly reasoning: string;
  /** As the rules made them; decisions are not written into them. */
  readonly findings: readonly Finding[];
}

/** Findings that a reasoning names; the others are counted. */
const NAMED = 2;

/** `decisions` by signature: what a model or a person said. */
export function formatVerdict(c: Case, decisions: ReadonlyMap<string, Decision>): Judged {
  const undecided = undecidedReason(c.pair);
  const head = { id: c.pair.id, route: c.route, findings: c.findings };
  if (undecided !== null) return { ...head, verdict: "Undecided", decidedBy: "rule", reasoning: undecided };
  const opinions = c.findings
    .filter(({ noise }) => noise === null)
    .map((finding) => opinionOf(finding, decisions.get(finding.signature)))
    .toSorted((a, b) => rank(b.severity) - rank(a.severity));
  const verdict = worst(opinions.map(({ severity }) => severity));
  return { ...head, verdict, decidedBy: deciderOf(opinions, verdict), reasoning: reasoningOf(c, opinions) };
}

interface Opinion {
  readonly severity: Severity;
  readonly decidedBy: Decider;
  readonly reason: string;
}

function opinionOf(finding: Finding, decision: Decision | undefined): Opinion {
  if (decision === undefined) return { severity: finding.severity, decidedBy: "rule", reason: finding.reason };
  const severity = decidedSeverity(decision, finding);
  return { severity, decidedBy: decision.decidedBy, reason: decision.reasoning || finding.reason };
}

/** Who decided the worst finding; a person before a model before a rule where several are equally bad. */
export function deciderOf(opinions: readonly { severity: Severity; decidedBy: Decider }[], verdict: Verdict): Decider {
  const deciders = new Set(opinions.filter(({ severity }) => severity === verdict).map(({ decidedBy }) => decidedBy));
  if (deciders.has("person")) return "person";
  return deciders.has("model") ? "model" : "rule";
}

function reasoningOf(c: Case, opinions: readonly Opinion[]): string {
  const noise = c.findings.filter((finding) => finding.noise !== null).length;
  const suppressed = noise === 0 ? "" : ` ${counted(noise, "difference")} suppressed as noise.`;
  const counting = opinions.filter(({ severity }) => severity !== "Safe");
  if (counting.length === 0) return `${safeSentence(c, opinions)}${suppressed}`;
  const more = counting.length - NAMED;
  const named = counting.slice(0, NAMED).map(({ reason }) => reason);
  return `${named.join(" ")}${more > 0 ? ` And ${counted(more, "more finding")}.` : ""}`;
}

function safeSentence(c: Case, opinions: readonly Opinion[]): string {
  const status = answered(c.pair.shadow) ? ` ${c.pair.shadow.status}` : "";
  if (c.equal) return `Both answered${status} with equal bodies and headers.`;
  const accepted = opinions.map(({ reason }) => reason);
  if (accepted.length > 0) return accepted.slice(0, NAMED).join(" ");
  return `Both answered${status}; status, headers and body were compared and nothing that counts differs.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
