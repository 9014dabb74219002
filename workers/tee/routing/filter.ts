/** Which methods and paths a deployment mirrors: its filters and route rules, read once per routing table. */

import { type Glob, globOf, matchesGlob, segmentsOf } from "../../../core/pair/glob.ts";
import type { RoutedTarget } from "../../../core/wire/target.ts";

interface Rule {
  /** Upper case; null for any. */
  readonly method: string | null;
  readonly glob: Glob;
  readonly mirror: boolean;
}

interface Filter {
  readonly methods: ReadonlySet<string>;
  readonly include: readonly Glob[];
  readonly exclude: readonly Glob[];
  readonly rules: readonly Rule[];
  /** Every path passes, so none has to be read. */
  readonly isOpen: boolean;
}

/**
 * Characters of the path times globs; where it would be more, the request is left out. 200 globs on a path of 6,000 characters
 * kept the isolate busy for up to 300 ms, and clients with it.
 */
const MAX_FILTER_WORK = 400_000;

/** A table brings new objects, so this forgets by itself. */
const filters = new WeakMap<RoutedTarget, Filter>();

/**
 * Why this target leaves a request out: `route` by its filters, `method` by its methods. The path filters are asked first,
 * then the first route rule that matches, then the methods.
 */
export function skipOfFilter(target: RoutedTarget, method: string, path: string): "route" | "method" | undefined {
  const filter = filterOf(target);
  if (filter.isOpen) return filter.methods.has(method) ? undefined : "method";
  const globs = filter.include.length + filter.exclude.length + filter.rules.length;
  if (path.length * globs > MAX_FILTER_WORK) return "route";
  const [plain, ...spellings] = spellingsOf(path);
  const excluded = [plain, ...spellings].some((one) => filter.exclude.some((glob) => matchesGlob(glob, one)));
  if (excluded || !isIncluded(filter, plain)) return "route";
  const rule = ruleFor(filter, method, [plain, ...spellings]);
  if (rule !== undefined) return rule.mirror ? undefined : "route";
  return filter.methods.has(method) ? undefined : "method";
}

/** Whether any path of this method may be mirrored: whether a body is worth copying before the path is looked at. */
export function mayMirror(target: RoutedTarget, method: string): boolean {
  const { methods, rules } = filterOf(target);
  return methods.has(method) || rules.some((rule) => rule.mirror && (rule.method ?? method) === method);
}

function isIncluded({ include }: Filter, segments: readonly string[]): boolean {
  return include.length === 0 || include.some((glob) => matchesGlob(glob, segments));
}

/** The first rule in order; one that keeps requests away counts for every spelling, one that lets them in for the plain one. */
function ruleFor({ rules }: Filter, method: string, spellings: readonly (readonly string[])[]): Rule | undefined {
  return rules.find((rule) => {
    if (rule.method !== null && rule.method !== method) return false;
    const read = rule.mirror ? spellings.slice(0, 1) : spellings;
    return read.some((segments) => matchesGlob(rule.glob, segments));
  });
}

/**
 * A path's segments, decoded; and, where a server might read it in another way, those as well: `/%61dmin`, `/a%2Fb` and
 * `//a` must not pass a filter that names `/admin`, `/a/b` and `/a`.
 */
function spellingsOf(path: string): readonly [readonly string[], ...(readonly string[])[]] {
  const end = path.indexOf("?");
  const bare = end === -1 ? path : path.slice(0, end);
  if (!bare.includes("%") && !bare.includes("//") && !bare.includes("\\")) return [segmentsOf(bare)];
  const whole = decoded(decoded(bare)).replaceAll("\\", "/");
  const walked = new URL(whole.replaceAll(/\/{2,}/g, "/").replaceAll(/[?#]/g, "_"), "http://path/").pathname;
  return [segmentsOf(bare).map(decoded), segmentsOf(decoded(walked)), segmentsOf(bare)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function filterOf(target: RoutedTarget): Filter {
  const known = filters.get(target);
  if (known !== undefined) return known;
  const { include, exclude, routes } = target.settings;
  const filter = {
    methods: new Set(target.methods),
    include: include.map(globOf),
    exclude: exclude.map(globOf),
    rules: routes.map(({ match, mirror }) => ruleOf(match, mirror)),
    isOpen: include.length + exclude.length + routes.length === 0,
  };
  filters.set(target, filter);
  return filter;
}

/** `POST /v1/orders/**`; `*` stands for any method. */
function ruleOf(match: string, mirror: boolean): Rule {
  const [method = "*", glob = "/**"] = match.trim().split(/\s+/, 2);
  return { method: method === "*" ? null : method.toUpperCase(), glob: globOf(glob), mirror };
}
