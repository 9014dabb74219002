/**
 * Routes that may be one: alike in method and path but for one segment, which has many values (`/blog/hello`, `/blog/news`).
 * Only proposals are made of it, and only where the answers have one shape too (`shape.ts`): `routeOf` stays a pure function.
 */

/** Fewer values of a segment are as likely so many pages of their own. */
export const MIN_VALUES = 10;

/** Routes of one proposal, and proposals at a time: a page that somebody can read. */
const MAX_ROUTES = 200;
const MAX_CANDIDATES = 20;

export interface MergeCandidate {
  /** `GET /blog/{slug}` */
  readonly target: string;
  readonly routes: readonly string[];
}

/** The candidates with the most routes first; a route is in one of them at most. Stable for every order of the routes. */
export function mergeCandidates(routes: readonly string[]): readonly MergeCandidate[] {
  const groups = new Map<string, Set<string>>();
  for (const route of new Set(routes))
    for (const target of targetsOf(route)) groups.set(target, (groups.get(target) ?? new Set()).add(route));
  const ordered = [...groups]
    .filter(([, members]) => members.size >= MIN_VALUES)
    .toSorted(([a, left], [b, right]) => right.size - left.size || (a < b ? -1 : 1));
  const taken = new Set<string>();
  const candidates: MergeCandidate[] = [];
  for (const [target, members] of ordered.slice(0, MAX_CANDIDATES)) {
    const free = [...members].filter((route) => !taken.has(route)).toSorted();
    if (free.length < MIN_VALUES) continue;
    for (const route of free) taken.add(route);
    candidates.push({ target, routes: free.slice(0, MAX_ROUTES) });
  }
  return candidates;
}

/** The route with each of its literal segments replaced in turn. */
function targetsOf(route: string): readonly string[] {
  const segments = route.split("/");
  return segments.flatMap((segment, at) =>
    at === 0 || segment === "" || segment.includes("{") ? [] : [segments.with(at, "{slug}").join("/")],
  );
}
