/** How one request's answers are compared: the first of the repository's routes that matches. Pure, read once per settings. */
import { type Glob, globOf, matchesGlob } from "../pair/glob.ts";
import { pathSegments } from "../pair/route.ts";
import { type CompareSettings, type Comparison, DEFAULT_COMPARISON } from "./settings.ts";

interface Rule {
  /** Upper case; null for any. */
  readonly method: string | null;
  readonly glob: Glob;
  readonly comparison: Comparison;
}

/** Characters of the path times globs; a path that asks for more is compared the ordinary way. */
const MAX_WORK = 400_000;

type RouteSettings = Pick<CompareSettings, "routes">;

const compiled = new WeakMap<RouteSettings, readonly Rule[]>();

export function comparisonOf(settings: RouteSettings, method: string, path: string): Comparison {
  if (settings.routes.length === 0) return DEFAULT_COMPARISON;
  const rules = rulesOf(settings);
  if (path.length * rules.length > MAX_WORK) return DEFAULT_COMPARISON;
  const segments = pathSegments(path);
  const upper = method.toUpperCase();
  const rule = rules.find((r) => (r.method === null || r.method === upper) && matchesGlob(r.glob, segments));
  return rule?.comparison ?? DEFAULT_COMPARISON;
}

function rulesOf(settings: RouteSettings): readonly Rule[] {
  const known = compiled.get(settings);
  if (known !== undefined) return known;
  const rules = settings.routes.map(({ match, mode, ignore, listKeys }) => {
    const [method = "*", glob = "/**"] = match.trim().split(/\s+/, 2);
    const comparison = { mode, ignore, listKeys };
    return { method: method === "*" ? null : method.toUpperCase(), glob: globOf(glob), comparison };
  });
  compiled.set(settings, rules);
  return rules;
}
