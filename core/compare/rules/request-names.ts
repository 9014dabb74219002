/** What a request named: its path segments, query values and the short values of its body. */
import type { PairRequest } from "../../pair/pair.ts";

/** Bodies beyond this many characters name too much to mean one thing. */
const MAX_BODY_CHARS = 10_000;

export function requestNames(request: PairRequest): ReadonlySet<string> {
  const [path = "", query = ""] = request.path.split("?", 2);
  const values = query.split("&").map((part) => part.slice(part.indexOf("=") + 1));
  const body = request.body !== null && request.body.length <= MAX_BODY_CHARS ? request.body : "";
  const scalars = [...body.matchAll(/[:=]\s*"?([\w@.-]{1,64})"?/g)].map((match) => match[1] ?? "");
  return new Set([...path.split("/").slice(1), ...values, ...scalars].map(decoded).filter((name) => name !== ""));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
