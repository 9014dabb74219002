/** The fields of a request's body: of JSON by path, positions of lists generalised, or of a form by name. */
import type { PairRequest } from "../pair/pair.ts";
import type { Feature } from "./feature.ts";
import { queryFields } from "./query.ts";

/** Deeper fields, later elements and more fields are not looked at: conditions lie near the top. */
const MAX_DEPTH = 4;
const MAX_ELEMENTS = 10;
const MAX_FIELDS = 60;

/** Empty where there is no body, it is binary, or it is neither JSON nor a form. */
export function bodyFields({ body, bodyEncoding, headers }: PairRequest): readonly Feature[] {
  if (body === null || body === "" || bodyEncoding !== undefined) return [];
  const type = String(headers["content-type"] ?? "").toLowerCase();
  if (type.includes("x-www-form-urlencoded")) return queryFields("body", body).slice(0, MAX_FIELDS);
  if (!/^\s*[[{]/.test(body)) return [];
  const found: Feature[] = [];
  collect(parsed(body), "$", found);
  return found;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function collect(value: unknown, path: string, found: Feature[]): void {
  if (found.length >= MAX_FIELDS || path.split(/[.[]/).length > MAX_DEPTH + 1) return;
  if (Array.isArray(value)) {
    for (const element of value.slice(0, MAX_ELEMENTS)) collect(element, `${path}[*]`, found);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, field] of Object.entries(value)) collect(field, `${path}.${name}`, found);
  } else if (value !== undefined) {
    found.push({ source: "body", key: path, value: typeof value === "string" ? value : JSON.stringify(value) });
  }
}
