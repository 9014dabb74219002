/** Every step from a pair to its verdict, as data: what was compared, what differs, what explains it and what does not. */
import type { Difference } from "../../core/compare/difference.ts";
import { answerDifferences } from "../../core/compare/extract.ts";
import type { Finding } from "../../core/compare/finding.ts";
import { DIFFERENCE_RULES, PAIR_RULES } from "../../core/compare/rules/catalogue.ts";
import { noiseKey, noiseRate } from "../../core/noise/second-answers.ts";
import { answered, type Observation, type Pair, referenceOf } from "../../core/pair/pair.ts";
import { routeOf } from "../../core/pair/route.ts";
import type { Seen } from "./run.ts";

/** Differences that are explained one by one. */
const MAX_EXPLAINED = 200;

const ON_WHOLE_ANSWERS: ReadonlySet<string> = new Set(PAIR_RULES.flat().map(({ id }) => id));

/** One difference and what became of it. */
export interface ExplainedDifference extends Pick<Difference, "part" | "kind" | "path" | "reference" | "shadow"> {
  /** The second answers of this pair that differ there in the same way. */
  readonly secondAnswers: readonly string[];
  /** Other pairs of the route in which two answers of the same code differ there. */
  readonly learned: { readonly count: number; readonly of: number };
  /** Null where no rule has an opinion. */
  readonly rule: string | null;
  readonly severity: string | null;
  readonly floor: string | null;
  readonly ceiling: string | null;
  readonly signature: string | null;
  /** Why it is noise; or why it counts. */
  readonly noise: string | null;
  readonly counts: string | null;
}

/** The whole way of one pair. */
export interface Explanation {
  readonly id: string;
  readonly request: string;
  readonly route: { readonly name: string; readonly why: string };
  readonly comparison: Seen["case"]["comparison"];
  readonly hosts: Pair["hosts"] | null;
  readonly reference: "base" | "prod";
  readonly sides: readonly { readonly side: string; readonly answer: string; readonly latencyMs: number }[];
  /** What was known of the route. */
  readonly memory: { readonly pairs: number; readonly slow: number; readonly secondAnswers: number };
  readonly check: string;
  /** What was found without looking into bodies. */
  readonly onWholeAnswers: readonly { readonly rule: string; readonly severity: string; readonly reason: string }[];
  readonly differences: readonly ExplainedDifference[];
  readonly moreDifferences: number;
  readonly verdict: string;
  readonly decidedBy: string;
  readonly reasoning: string;
}

export function explain(seen: Seen): Explanation {
  const { pair, judged, memory } = seen;
  const { differences, comparison, findings } = seen.case;
  const { method, path } = pair.request;
  const { pairs, slow, secondAnswers } = memory;
  const seconds = secondAnswersOf(seen);
  return {
    id: pair.id,
    request: `${method} ${path}`,
    route: { name: judged.route, why: whyRoute(judged.route, routeOf(method, path)) },
    comparison,
    hosts: pair.hosts ?? null,
    reference: referenceOf(pair) === pair.base ? "base" : "prod",
    sides: sidesOf(pair),
    memory: { pairs, slow, secondAnswers },
    check: checkOf(seen),
    onWholeAnswers: findings
      .filter(({ rule }) => ON_WHOLE_ANSWERS.has(rule))
      .map(({ rule, severity, reason }) => ({ rule, severity, reason })),
    differences: differences.slice(0, MAX_EXPLAINED).map((difference) => explained(difference, seen, seconds)),
    moreDifferences: Math.max(0, differences.length - MAX_EXPLAINED),
    verdict: judged.verdict,
    decidedBy: judged.decidedBy,
    reasoning: judged.reasoning,
  };
}

function whyRoute(route: string, byPath: string): string {
  if (route === byPath) return "by the path alone: digits, ids and dates become {id}";
  return `by the OpenAPI file or the configuration; by the path alone it would be ${byPath}`;
}

function sidesOf(pair: Pair): Explanation["sides"] {
  return (["prod", "shadow", "control", "base", "baseAgain"] as const).flatMap((side) => {
    const observation = pair[side];
    return observation === undefined
      ? []
      : [{ side, answer: answerWords(observation), latencyMs: observation.latencyMs }];
  });
}

function answerWords(side: Observation): string {
  if (!answered(side)) return `no answer (${side.failed})`;
  const size = side.bodyBytes ?? side.body.length;
  return `${side.status}, ${size} ${side.bodyBytes === undefined ? "characters" : "bytes"}${side.truncated === true ? ", cut" : ""}`;
}

function checkOf({ case: { equal, settled, slow } }: Seen): string {
  const speed = slow ? "; the shadow was slow, which counts only where it is so again and again" : "";
  if (equal) return `both answers are equal${speed}`;
  if (settled) return `settled without comparing bodies${speed}`;
  return `statuses, headers and bodies were compared${speed}`;
}

interface Second {
  readonly name: string;
  readonly differences: readonly Difference[];
}

function secondAnswersOf({ pair, case: { comparison } }: Seen): readonly Second[] {
  const { prod, control, base, baseAgain, request } = pair;
  const between = (name: string, first: Observation | undefined, second: Observation | undefined): readonly Second[] =>
    answered(first) && answered(second)
      ? [{ name, differences: answerDifferences(first, second, { method: request.method, comparison }) }]
      : [];
  return [...between("control", prod, control), ...between("baseAgain", base, baseAgain)];
}

function explained(difference: Difference, seen: Seen, seconds: readonly Second[]): ExplainedDifference {
  const { part, kind, path, pattern, reference, shadow } = difference;
  const same = (other: Difference): boolean => other.pattern === pattern && other.kind === kind;
  const learned = noiseRate(seen.memory, noiseKey(pattern, kind));
  const showing = seconds.filter(({ differences }) => differences.some(same)).map(({ name }) => name);
  return {
    part,
    kind,
    path,
    ...(reference !== undefined && { reference }),
    ...(shadow !== undefined && { shadow }),
    secondAnswers: showing,
    learned: { count: learned.count, of: learned.of },
    ...opinionOn(difference, seen, { seconds, showing }),
  };
}

const NO_OPINION = {
  rule: null,
  severity: null,
  floor: null,
  ceiling: null,
  signature: null,
  noise: null,
  counts: null,
};

type Opinion = Pick<ExplainedDifference, keyof typeof NO_OPINION>;

interface Shown {
  readonly seconds: readonly Second[];
  /** The names of those that show the difference. */
  readonly showing: readonly string[];
}

function opinionOn(difference: Difference, seen: Seen, shown: Shown): Opinion {
  const finding = findingOn(difference, seen.case.findings);
  if (finding === undefined) return NO_OPINION;
  const { rule, severity, floor, ceiling, signature, noise } = finding;
  const counts = noise === null ? whyItCounts(finding, shown) : null;
  return { rule, severity, floor, ceiling, signature, noise: noise?.reason ?? null, counts };
}

/** Findings carry only their first differences as evidence; the others of the same pattern and kind belong to them too. */
function findingOn(difference: Difference, findings: readonly Finding[]): Finding | undefined {
  const alike = findings.filter(
    ({ pattern, differences }) => pattern === difference.pattern && differences[0]?.kind === difference.kind,
  );
  return alike.find(({ differences }) => differences.includes(difference)) ?? alike[0];
}

function whyItCounts({ rule, reason }: Finding, { seconds, showing }: Shown): string {
  const proven = DIFFERENCE_RULES.find(({ id }) => id === rule)?.proven === true;
  if (proven) return `${reason} What this rule finds is never noise, whatever second answers show.`;
  if (showing.length > 0) return `${reason} Second answers differ there too, but not in a way that explains it.`;
  if (seconds.length > 0) return `${reason} The second answers of this pair do not differ there.`;
  return `${reason} Nothing explains it, and there is no second answer in this pair that could.`;
}
