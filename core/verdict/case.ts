/**
 * A case: one pair on its way through the stages. Each stage takes a case and returns a new one:
 * structural check -> extract differences -> filter noise -> format verdict.
 * The graph of the consumer maps the stages over a batch; the CLI calls them one after the other.
 */
import type { Difference } from "../compare/difference.ts";
import type { Finding } from "../compare/finding.ts";
import type { ApiContract, Comparison } from "../compare/settings.ts";
import type { Pair } from "../pair/pair.ts";

export interface Case {
  readonly pair: Pair;
  /** `GET /orders/{id}`. */
  readonly route: string;
  /** What the repository says about comparing this route. */
  readonly comparison: Comparison;
  /** What the repository's OpenAPI file promises; null without one. */
  readonly contract: ApiContract | null;
  /** How the request's credentials travelled; see `CapturedPair`. */
  readonly credentials: "none" | "test-identity";
  /** Both answers are equal byte for byte. */
  readonly equal: boolean;
  /** The structural check said all there is to say; the bodies need not be compared. */
  readonly settled: boolean;
  /** The shadow was slower by the per-pair rule's margins. Counted per route, whether or not it becomes a finding. */
  readonly slow: boolean;
  readonly differences: readonly Difference[];
  readonly findings: readonly Finding[];
}

/** What earlier pairs of the same deployment and route taught. Stages read it and never change it. */
export interface RouteMemory {
  /** Pairs of the route so far. */
  readonly pairs: number;
  /** Of those, the slow ones. */
  readonly slow: number;
  /** Of those, the ones whose reference was asked twice. */
  readonly secondAnswers: number;
  /** How often two answers of the same code differed, by `pattern kind`. */
  readonly learnedNoise: Readonly<Record<string, number>>;
  /** How often the shadow differed from the reference, by `pattern kind`; absent where nobody counted. */
  readonly differed?: Readonly<Record<string, number>>;
}

export const EMPTY_MEMORY: RouteMemory = { pairs: 0, slow: 0, secondAnswers: 0, learnedNoise: {}, differed: {} };

/** What one case adds to its route's memory. */
export interface RouteLesson {
  readonly slow: 0 | 1;
  readonly secondAnswers: 0 | 1;
  readonly learnedNoise: Readonly<Record<string, number>>;
  readonly differed?: Readonly<Record<string, number>>;
}
