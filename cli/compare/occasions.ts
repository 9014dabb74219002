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
/** Longer bodies and paths are left out of a command to be copied. In characters; times all samples it is 30 MB at worst. */
const MAX_COPIED_CHARS = 1_000;

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
  /** Fastest, and smallest, where the drifts of one route are asked for one after the other. */
  readonly of: (drift: { readonly route: string; readonly signature: string }) => Occasion;
}

interface Sample {
  readonly id: string;
  readonly features: readonly string[];
  readonly signatures: readonly string[];
  readonly request: Pick<PairRequest, "method" | "path" | "body" | "bodyEncoding"> | null;
}

/**
 * A sample as one text. Parts of strings would hold on to the bodies they were cut from, and tens of thousands of small
 * strings take several times the room.
 */
type Packed = string;

interface Samples {
  readonly showing: Kept<Packed>;
  readonly others: Kept<Packed>;
}

interface Unpacked {
  readonly route: string;
  readonly showing: readonly Sample[];
  readonly table: ConditionTable;
}

export function createOccasions(): Occasions {
  const routes = createKept<Samples>(MAX_ROUTES);
  let current: Unpacked | null = null;
  return {
    add: (seen) => {
      const { route } = seen.judged;
      const samples = routes.get(route) ?? { showing: createKept(MAX_OF_A_KIND), others: createKept(MAX_OF_A_KIND) };
      if (routes.set(route, orderOf(route), samples)) addSample(samples, seen);
      current = null;
    },
    of: ({ route, signature }) => {
      const samples = routes.get(route);
      if (samples === undefined) return { condition: null, noCondition: null, curl: null };
      const unpacked: Unpacked = current?.route === route ? current : unpackedOf(route, samples);
      current = unpacked;
      const showing = unpacked.showing.filter(({ signatures }) => signatures.includes(signature));
      return occasionOf(showing, unpacked.table);
    },
  };
}

function unpackedOf(route: string, samples: Samples): Unpacked {
  // Written by `addSample`.
  const read = (kept: Kept<Packed>) => kept.values().map((text) => JSON.parse(text) as Sample);
  const showing = read(samples.showing);
  return { route, showing, table: conditionTable([...showing, ...read(samples.others)]) };
}

function addSample({ showing, others }: Samples, { judged, pair }: Seen): void {
  const signatures = judged.findings.flatMap((each) => (each.noise === null ? [each.signature] : []));
  const { method, path, body } = pair.request;
  const kept = signatures.length === 0 ? others : showing;
  const id = orderOf(`${pair.id}\n${path}`);
  if (!kept.fits(id)) return;
  const copied = signatures.length > 0 && path.length + (body?.length ?? 0) <= MAX_COPIED_CHARS;
  const { bodyEncoding } = pair.request;
  const sample: Sample = {
    id,
    features: featuresOf({ request: pair.request, route: judged.route, credentials: "none" }),
    signatures: [...new Set(signatures)].slice(0, MAX_SIGNATURES),
    request: copied ? { method, path, body, ...(bodyEncoding && { bodyEncoding }) } : null,
  };
  kept.set(id, id, JSON.stringify(sample));
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
