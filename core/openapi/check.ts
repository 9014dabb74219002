/**
 * The stage after noise: the shadow's answer against the repository's OpenAPI file. Only what the reference does not break in
 * the same way counts, and nothing is said twice: a finding that already stands at, above or below a place speaks for it.
 * So it tells what noise, a loose comparison or a list's own rules would let pass.
 */
import { headerText, mediaTypeOf } from "../compare/answer.ts";
import type { Finding } from "../compare/finding.ts";
import { contractViolated } from "../compare/rules/contract-violated.ts";
import type { ApiContract, JsonSchema } from "../compare/settings.ts";
import { signatureOf } from "../compare/signature.ts";
import { type Answer, answered, referenceOf } from "../pair/pair.ts";
import type { Case } from "../verdict/case.ts";
import { type Violation, violationsIn, wordsFor } from "./violations.ts";

/** Places that are told of one answer; an answer with more is another document. */
const MAX_FINDINGS = 20;

/** Adds the findings of the contract. Without one, or where the bodies say the same, the case is returned as it is. */
export function checkContract(c: Case): Case {
  const reference = referenceOf(c.pair);
  if (c.contract === null || c.settled || c.differences.length === 0) return c;
  if (!answered(reference) || !answered(c.pair.shadow)) return c;
  const found = violationsOf(c.pair.shadow, c.contract, c.route);
  if (found.length === 0) return c;
  const before = new Set(violationsOf(reference, c.contract, c.route).map(keyOf));
  const standing = c.findings.filter((f) => f.noise === null).map((f) => f.pattern);
  const news = found.filter((v) => !before.has(keyOf(v)) && !standing.some((pattern) => speaksFor(pattern, v.pattern)));
  const findings = [...Map.groupBy(news, (v) => v.pattern).values()].slice(0, MAX_FINDINGS);
  return { ...c, findings: [...c.findings, ...findings.flatMap((group) => findingOf(group, c.route))] };
}

function violationsOf(answer: Answer, contract: ApiContract, route: string): readonly Violation[] {
  const whole = answer.truncated !== true && answer.bodyEncoding === undefined && answer.body !== "";
  const schema = whole ? schemaFor(answer, contract, route) : undefined;
  return schema === undefined ? [] : (violationsIn(answer.body, schema, contract) ?? []);
}

/** By exact status, then its class, then `default`; by exact media type, then `*`. JSON alone. */
function schemaFor({ status, ...answer }: Answer, contract: ApiContract, route: string): JsonSchema | undefined {
  const { type } = mediaTypeOf(headerText({ status, ...answer }, "content-type"));
  if (!/[/+]json$/.test(type)) return undefined;
  const byStatus = ownOf(contract.responses, route);
  const byType = firstOf(byStatus, [`${status}`, `${Math.floor(status / 100)}XX`, "DEFAULT"]);
  return firstOf(byType, [type, `${type.split("/", 1)[0]}/*`, "*/*"]);
}

function firstOf<T>(table: Readonly<Record<string, T>> | undefined, names: readonly string[]): T | undefined {
  const name = names.find((one) => table !== undefined && Object.hasOwn(table, one));
  return table === undefined || name === undefined ? undefined : table[name];
}

function ownOf<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function keyOf({ pattern, what }: Violation): string {
  return `${pattern}\n${what}`;
}

/** One is at the other, inside it or around it. */
function speaksFor(standing: string, pattern: string): boolean {
  return isWithin(standing, pattern) || isWithin(pattern, standing);
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || (inner.startsWith(outer) && /^[.[]/.test(inner.slice(outer.length)));
}

function findingOf(group: readonly Violation[], route: string): readonly Finding[] {
  const first = group[0];
  if (first === undefined) return [];
  const { path, pattern, what } = first;
  const { id, severity, floor, ceiling } = contractViolated;
  const more = group.length > 1 ? ` (and ${group.length - 1} more like it)` : "";
  return [
    {
      rule: id,
      severity,
      floor,
      ceiling,
      path,
      pattern,
      signature: signatureOf({ route, rule: id, pattern, kind: null }),
      reason: `${path} ${wordsFor(what)} the OpenAPI file, which the reference keeps to${more}.`,
      differences: [],
      noise: null,
    },
  ];
}
