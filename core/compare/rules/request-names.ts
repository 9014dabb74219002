/** What a request named: its path segments, query values and the short values of its body. */
import type { PairRequest } from "../../pair/pair.ts";

/** Bodies beyond this many characters name too much to mean one thing. */
const MAX_BODY_CHARS = 10_000;

export function requestNames(request: PairRequest): ReadonlySet<string> {
  const query = request.path.split("?", 2)[1] ?? "";
  const values = query.split("&").map((part) => part.slice(part.indexOf("=") + 1));
  const body = request.body !== null && request.body.length <= MAX_BODY_CHARS ? request.body : "";
  // In a GraphQL query inside JSON the quotes are escaped.
  const scalars = [...body.matchAll(/[:=]\s*\\?"?([\w@.-]{1,64})\\?"?/g)].map((match) => match[1] ?? "");
  return new Set([...segmentsOf(request), ...[...values, ...scalars].map(decoded)].filter((name) => name !== ""));
}

/** The segments of the path. */
export function segmentsOf(request: Pick<PairRequest, "path">): ReadonlySet<string> {
  const [path = ""] = request.path.split("?", 1);
  return new Set(path.split("/").slice(1).map(decoded));
}

/** The path of a link, without its host and query. */
export function pathOf(link: string): string {
  return link.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
