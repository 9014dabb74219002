/**
 * Differences of a redirect's target: where it leads, and each query parameter on its own. A parameter that is made anew
 * for each answer must not hide that the redirect leads elsewhere.
 */
import type { Difference } from "../difference.ts";

const NAME = "header:location";

export function locationDifferences(reference: string, shadow: string): readonly Difference[] {
  const [left, right] = [partsOf(reference), partsOf(shadow)];
  const target = difference(NAME, left.target, right.target);
  const names = new Set([...left.parameters.keys(), ...right.parameters.keys()]);
  const parameters = [...names].map((name) =>
    difference(`${NAME}?${name}`, left.parameters.get(name), right.parameters.get(name)),
  );
  return [target, ...parameters].flatMap((found) => found ?? []);
}

interface Parts {
  /** All but the query. */
  readonly target: string;
  /** By name as it is written; several of one name in their order. */
  readonly parameters: ReadonlyMap<string, string>;
}

function partsOf(location: string): Parts {
  const [, path = "", query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(location.trim()) ?? [];
  const parameters = new Map<string, string>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const [name = "", ...value] = part.split("=");
    const before = parameters.get(name);
    const text = decoded(value.join("="));
    parameters.set(name, before === undefined ? text : `${before},${text}`);
  }
  return { target: plain(path) + fragment, parameters };
}

/** Hosts in lower case without the port that goes without saying, `/` for no path, escapes in upper case. RFC 3986, 6.2. */
function plain(target: string): string {
  return target
    .replace(/^(https?):\/\/([^/]*)(\/?)/i, (_, scheme: string, host: string) => {
      const port = scheme.toLowerCase() === "https" ? /:443$/ : /:80$/;
      return `${scheme.toLowerCase()}://${host.toLowerCase().replace(port, "")}/`;
    })
    .replaceAll(/%[0-9a-f]{2}/gi, (escape) => escape.toUpperCase());
}

/** As it was meant: a link inside a parameter shows its host only then. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

function difference(path: string, reference?: string, shadow?: string): Difference | null {
  if (reference === shadow) return null;
  const place = { part: "header", path, pattern: path } as const;
  if (reference === undefined) return { ...place, kind: "extra", shadow: JSON.stringify(shadow) };
  if (shadow === undefined) return { ...place, kind: "missing", reference: JSON.stringify(reference) };
  return { ...place, kind: "value", reference: JSON.stringify(reference), shadow: JSON.stringify(shadow) };
}
