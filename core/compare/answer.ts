/** Reading an answer: single headers, the media type, whether there is a body at all. No comparing here. */
import type { Answer } from "../pair/pair.ts";

/** All values of a header, in order of arrival; empty when it is absent. */
export function headerValues(answer: Answer, name: string): readonly string[] {
  // Own properties only: a header may be called `constructor`.
  const value = Object.hasOwn(answer.headers, name) ? answer.headers[name] : undefined;
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** A header that stands once, several occurrences joined as HTTP does. */
export function headerText(answer: Answer, name: string): string | undefined {
  const values = headerValues(answer, name);
  return values.length === 0 ? undefined : values.join(", ");
}

export interface MediaType {
  /** `application/json`, lower case; empty when there is none. */
  readonly type: string;
  readonly charset: string;
}

export function mediaTypeOf(text: string | undefined): MediaType {
  const [type = "", ...parameters] = (text ?? "").toLowerCase().split(";");
  const charset = parameters
    .map((part) => /^\s*charset\s*=\s*"?([^"\s]+)/.exec(part)?.[1])
    .find((found) => found !== undefined);
  return { type: type.trim(), charset: charset ?? "" };
}

/** Bodies of these answers are empty by definition. RFC 9110, 6.4.1. */
export function mayHaveBody(method: string, status: number): boolean {
  return method.toUpperCase() !== "HEAD" && status >= 200 && status !== 204 && status !== 205 && status !== 304;
}

/** Length of the body in bytes where it is known, otherwise in characters. */
export function sizeOf(answer: Answer): number {
  return answer.bodyBytes ?? answer.body.length;
}

/** The moment of the answer by its own `date` header, in Unix milliseconds; null without one. */
export function momentOf(answer: Answer): number | null {
  const time = Date.parse(headerText(answer, "date") ?? "");
  return Number.isNaN(time) ? null : time;
}
