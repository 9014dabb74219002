/**
 * JSONPath (RFC 9535) against the paths of differences. A query without filters is matched step by step, whatever the bodies
 * hold; one with filters or positions from the end is asked of both bodies. What a query selects, it selects with all inside.
 */
import { type JsonValue, paths } from "jsonpath-rfc9535";
import parse, { type JsonPathQuery } from "jsonpath-rfc9535/parser";
import type { Step } from "./path-steps.ts";
import { stepsOf } from "./path-steps.ts";

type Segment = JsonPathQuery["segments"][number];
type Selector = Extract<Segment["node"], { readonly type: "BracketedSelection" }>["selectors"][number];
type Node = Selector | Exclude<Segment["node"], { readonly type: "BracketedSelection" }>;

/** Whether the place of a difference is selected; `steps` from the root. */
export type Selects = (steps: readonly Step[]) => boolean;

/** Bodies that filters are asked of, as text. */
export type Bodies = readonly string[];

/** What is wrong with a query in the parser's words; null when it can be used. */
export function queryProblem(query: string): string | null {
  try {
    parse(query);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "is no JSONPath";
  }
}

/** A query that cannot be read selects nothing: configuration is checked where it is read. */
export function selectorOf(query: string): (bodies: Bodies) => Selects {
  if (queryProblem(query) !== null) return () => () => false;
  const { segments } = parse(query);
  if (segments.every((segment) => nodesOf(segment).every(isPlain))) return () => (steps) => matches(segments, steps);
  return (bodies) => {
    const selected = new Set(bodies.flatMap((body) => selectedPaths(body, query)));
    return (steps) => steps.some((_, at) => selected.has(keyOf(steps.slice(0, at + 1))));
  };
}

/** The states of all partial matches at once: linear in steps, however many `..` a query has. */
function matches(segments: readonly Segment[], steps: readonly Step[]): boolean {
  let states = new Set([0]);
  if (segments.length === 0) return true;
  for (const step of steps) {
    const next = new Set<number>();
    for (const state of states) {
      const segment = segments[state];
      if (segment === undefined) continue;
      if (segment.type === "DescendantSegment") next.add(state);
      if (nodesOf(segment).some((node) => fits(node, step))) next.add(state + 1);
    }
    if (next.has(segments.length)) return true;
    states = next;
  }
  return false;
}

function nodesOf({ node }: Segment): readonly Node[] {
  return node.type === "BracketedSelection" ? node.selectors : [node];
}

function isPlain(node: Node): boolean {
  if (node.type === "FilterSelector") return false;
  if (node.type === "IndexSelector") return node.value >= 0;
  if (node.type === "SliceSelector") return (node.start ?? 0) >= 0 && (node.end ?? 0) >= 0 && (node.step ?? 1) === 1;
  return true;
}

function fits(node: Node, step: Step): boolean {
  switch (node.type) {
    case "WildcardSelector":
      return true;
    case "MemberNameShorthand":
    case "NameSelector":
      return step === node.value;
    case "IndexSelector":
      return step === node.value;
    case "SliceSelector":
      return typeof step === "number" && step >= (node.start ?? 0) && step < (node.end ?? Number.POSITIVE_INFINITY);
    case "FilterSelector":
      return false;
  }
}

/** Of a body that is no JSON, or too deep to be asked, nothing. */
function selectedPaths(body: string, query: string): readonly string[] {
  try {
    // `JSON.parse` makes nothing else.
    const value = JSON.parse(body) as JsonValue;
    return paths(value, query).flatMap((path) => {
      const steps = stepsOf(path);
      return steps === null ? [] : [keyOf(steps)];
    });
  } catch {
    return [];
  }
}

function keyOf(steps: readonly Step[]): string {
  return JSON.stringify(steps);
}
