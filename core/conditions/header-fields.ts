/** The headers that answers commonly depend on, each reduced to the part that matters. Others are no features. */
import type { Headers, HeaderValue } from "../pair/pair.ts";
import type { Feature } from "./feature.ts";
import { userAgentFamily } from "./user-agent.ts";

type Reduce = (value: string) => string | null;

/** First of a list, without parameters: `text/html` of `text/html;q=0.9, *\/*`. */
const first: Reduce = (value) => value.split(/[,;]/)[0]?.trim().toLowerCase() ?? "";
/** The language of the first choice: `de` of `de-AT, en`. */
const language: Reduce = (value) => first(value)?.split("-")[0] ?? "";
const whole: Reduce = (value) => value.trim();
const presence: Reduce = () => null;

/** By name: what is kept of the value. */
const KEPT: Readonly<Record<string, Reduce>> = {
  accept: first,
  "accept-language": language,
  "accept-version": whole,
  "api-version": whole,
  "content-type": first,
  origin: presence,
  prefer: whole,
  referer: presence,
  "save-data": whole,
  "sec-fetch-mode": whole,
  "user-agent": userAgentFamily,
  "x-api-version": whole,
  "x-requested-with": whole,
};

export function headerFields(headers: Headers): readonly Feature[] {
  return Object.entries(KEPT).flatMap(([key, reduce]): readonly Feature[] => {
    const value = Object.hasOwn(headers, key) ? headers[key] : undefined;
    return value === undefined ? [] : [{ source: "header", key, value: reduce(joined(value)) }];
  });
}

function joined(value: HeaderValue): string {
  return typeof value === "string" ? value : value.join(", ");
}
