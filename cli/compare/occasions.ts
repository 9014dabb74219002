/**
 * When does it break: a bounded sample of each route's requests, with the drifts they show, from which the condition of a
 * drift is found. The sample is drawn by a hash, so it is the same in whatever order pairs come.
 */
import { hashText } from "../../core/compare/hash.ts";
import { type Condition, conditionOf, type NO_CONDITION } from "../../core/conditions/condition.ts";
import { minimalCurl } from "../../core/conditions/curl.ts";
import { readFeature } from "../../core/conditions/feature.ts";
import { featuresOf } from "../../core/conditions/features.ts";
import { holds, type Predicate, predicateWords } from "../../core/conditions/predicate.ts";
import { type ConditionTable, conditionTable } from "../../core/conditions/table.ts";
import type { PairRequest } from "../../core/pair/pair.ts";
import { createKept, type Kept } from "./kept.ts";
import type { Seen } from "./run.ts";

/** Routes that are sampled, and requests of each: so many that show a drift, and as many that show none. */
const MAX_ROUTES = 200;
const MAX_OF_A_KIND = 150;
/** Drifts a request is remembered for. */
const MAX_SIGNATURES = 20;
/** Longer bodies and paths are left out of a command to be copied. In characters. */
const MAX_COPIED_CHARS = 2_000;

/** What is said of one drift. */
export interface Occasion {
  readonly condition: (Omit<Condition, "predicate"> & { readonly words: string }) | null;
  /** Why there is no condition; null where nothing was sampled. */
  readonly noCondition: (typeof NO_CONDITION)[number] | null;
  /** The smallest sampled request that shows it, as a command. */
  readonly curl: string | null;
}

export interface Occasions {
  readonly add: (seen: Seen) => void;
  readonly of: (drift: { readonly route: string; readonly signature: string }) => Occasion;
}

interface Sample {
  readonly id: string;
  readonly features: readonly string[];
  readonly signatures: readonly string[];
  readonly request: Pick<PairRequest, "method" | "path" | "body" | "bodyEncoding"> | null;
}

interface Samples {
  readonly showing: Kept<Sample>;
  readonly others: Kept<Sample>;
}

export function createOccasions(): Occasions {
  const routes = createKept<Samples>(MAX_ROUTES);
  const tables = new Map<string, ConditionTable>();
  return {
    add: (seen) => {
      const { route } = seen.judged;
      const samples = routes.get(route) ?? { showing: createKept(MAX_OF_A_KIND), others: createKept(MAX_OF_A_KIND) };
      if (routes.set(route, orderOf(route), samples)) addSample(samples, seen);
    },
    of: ({ route, signature }) => {
      const samples = routes.get(route);
      if (samples === undefined) return { condition: null, noCondition: null, curl: null };
      const table = tables.get(route) ?? conditionTable([...samples.showing.values(), ...samples.others.values()]);
      tables.set(route, table);
      return occasionOf(
        samples.showing.values().filter(({ signatures }) => signatures.includes(signature)),
        table,
      );
    },
  };
}

function addSample({ showing, others }: Samples, { judged, pair }: Seen): void {
  const signatures = judged.findings.flatMap((each) => (each.noise === null ? [each.signature] : []));
  const { method, path, body } = pair.request;
  const kept = signatures.length === 0 ? others : showing;
  const id = `${pair.id}\n${path}`;
  const order = orderOf(id);
  if (!kept.fits(order)) return;
  const copied = signatures.length > 0 && path.length + (body?.length ?? 0) <= MAX_COPIED_CHARS;
  const { bodyEncoding } = pair.request;
  kept.set(id, order, {
    id: order,
    features: featuresOf({ request: pair.request, route: judged.route, credentials: "none" }),
    signatures: [...new Set(signatures)].slice(0, MAX_SIGNATURES),
    request: copied ? { method, path, body, ...(bodyEncoding && { bodyEncoding }) } : null,
  });
}

function occasionOf(showing: readonly Sample[], table: ConditionTable): Occasion {
  const found = conditionOf(table, { failing: new Set(showing.map(({ id }) => id)) });
  const predicate = found.ok ? found.value.predicate : null;
  const curl = curlOf(showing, predicate);
  if (!found.ok) return { condition: null, noCondition: found.reason, curl };
  const { predicate: parts, ...counts } = found.value;
  return { condition: { words: predicateWords(parts), ...counts }, noCondition: null, curl };
}

function curlOf(showing: readonly Sample[], predicate: Predicate | null): string | null {
  const meant = (sample: Sample): boolean =>
    predicate === null ||
    holds(
      predicate,
      sample.features.flatMap((text) => readFeature(text) ?? []),
    );
  const [smallest] = showing
    .flatMap(({ request, ...sample }) =>
      request !== null && meant({ ...sample, request }) ? [{ ...sample, request }] : [],
    )
    .toSorted((a, b) => sizeOf(a.request) - sizeOf(b.request) || (a.id < b.id ? -1 : 1));
  return smallest === undefined ? null : minimalCurl({ ...smallest.request, features: smallest.features }, predicate);
}

function sizeOf({ path, body }: Pick<PairRequest, "path" | "body">): number {
  return path.length + (body?.length ?? 0);
}

/** A place among others that says nothing about when it came. */
function orderOf(text: string): string {
  return hashText(text).toString(16).padStart(14, "0");
}
