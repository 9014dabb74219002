/** Answers of the API as plain data, and the forms that all of them share: pages of a list, errors, entity tags. */
import { createHash } from "node:crypto";
import type { components } from "@octokit/openapi-types";

export interface Answer {
  readonly status: number;
  /** Sent as JSON; bytes as they are; undefined: no body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const DOCS_URL = "https://docs.github.com/rest";

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
const DEFAULT_PER_PAGE = 30;
const MAX_PER_PAGE = 100;

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export function failed(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = { message, documentation_url: DOCS_URL, status: String(status) };
  return { status, body: body satisfies components["schemas"]["basic-error"], headers };
}

export function notFound(): Answer {
  return failed(404, "Not Found");
}

/** 422, as for a field that is missing or longer than allowed. */
export function invalid(resource: string, field: string, message: string): Answer {
  const body = {
    message: "Validation Failed",
    documentation_url: DOCS_URL,
    errors: [{ resource, field, code: "custom", message }],
  };
  return { status: 422, body: body satisfies components["schemas"]["validation-error"] };
}

/** Where a list is asked for: its address without `page`, and the query. */
export interface Listing {
  readonly url: string;
  readonly query: URLSearchParams;
}

/** One page, with the `Link` header that leads to the others. `wrap` puts it into an envelope. */
export function page<T>(
  listing: Listing,
  items: readonly T[],
  wrap: (items: readonly T[]) => unknown = (all) => all,
): Answer {
  const perPage = Math.min(numberOf(listing.query, "per_page", DEFAULT_PER_PAGE), MAX_PER_PAGE);
  const number = numberOf(listing.query, "page", 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const body = wrap(items.slice((number - 1) * perPage, number * perPage));
  if (last === 1) return ok(body);
  const rels: readonly (readonly [string, number])[] = [
    ...(number > 1 ? ([["prev", number - 1]] as const) : []),
    ...(number < last ? ([["next", number + 1]] as const) : []),
    ...(number < last ? ([["last", last]] as const) : []),
    ...(number > 1 ? ([["first", 1]] as const) : []),
  ];
  const link = rels.map(([rel, to]) => `<${pageUrl(listing, to)}>; rel="${rel}"`).join(", ");
  return { status: 200, body, headers: { link } };
}

function pageUrl({ url, query }: Listing, number: number): string {
  const next = new URLSearchParams(query);
  next.set("page", String(number));
  return `${url}?${next.toString()}`;
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(query.get(name) ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

export function etagOf(text: string | Uint8Array): string {
  return `W/"${createHash("sha256").update(text).digest("hex")}"`;
}
