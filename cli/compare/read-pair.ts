/** A line's text to a recorded pair, or the reason why it is none, in words that name the field. */
import type { z } from "zod";
import type { Headers, Observation, Pair } from "../../core/pair/pair.ts";
import type { Result } from "../../core/pair/result.ts";
import { AnswerSchema, NoAnswerSchema, RecordedPairSchema } from "../../core/wire/recorded-pair.ts";

export function readPair(text: string): Result<Pair, "malformed"> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return malformed(`not JSON (${error instanceof Error ? error.message.slice(0, 120) : "unreadable"})`);
  }
  const parsed = RecordedPairSchema.safeParse(raw);
  if (!parsed.success) return malformed(problemOf(parsed.error.issues[0], raw));
  return { ok: true, value: withLowerCaseHeaders(parsed.data) };
}

function malformed(detail: string): Result<Pair, "malformed"> {
  return { ok: false, reason: "malformed", detail };
}

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue | undefined, raw: unknown): string {
  if (issue === undefined) return "not a recorded pair";
  const path = issue.path.map(String).join(".");
  const inner = issue.code === "invalid_union" ? sideProblem(valueAt(raw, issue.path)) : undefined;
  if (inner !== undefined) return `${[path, ...inner.path.map(String)].join(".")}: ${inner.message}`;
  return path === "" ? issue.message : `${path}: ${issue.message}`;
}

/** A side is an answer or a failure; the problem is told in terms of what it tries to be. */
function sideProblem(side: unknown): Issue | undefined {
  if (typeof side !== "object" || side === null) return undefined;
  const schema = "failed" in side ? NoAnswerSchema : AnswerSchema;
  return schema.safeParse(side).error?.issues[0];
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[String(key)] : undefined), raw);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Recordings made by hand may spell header names as they like; the stages expect lower case. */
function withLowerCaseHeaders(pair: Pair): Pair {
  const side = <T extends Observation | undefined>(observation: T): T =>
    observation !== undefined && "headers" in observation
      ? { ...observation, headers: lowerCase(observation.headers) }
      : observation;
  return {
    ...pair,
    request: { ...pair.request, headers: lowerCase(pair.request.headers) },
    prod: side(pair.prod),
    shadow: side(pair.shadow),
    ...(pair.control === undefined ? {} : { control: side(pair.control) }),
    ...(pair.base === undefined ? {} : { base: side(pair.base) }),
    ...(pair.baseAgain === undefined ? {} : { baseAgain: side(pair.baseAgain) }),
  };
}

/** One header under two spellings is one header with both values. */
function lowerCase(headers: Headers): Headers {
  const byName = new Map<string, string | readonly string[]>();
  for (const [spelled, value] of Object.entries(headers)) {
    const name = spelled.toLowerCase();
    const before = byName.get(name);
    byName.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(byName);
}
