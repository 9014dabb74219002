/** Where the sides of a mirrored request are asked, and what each place gets besides the request. */
import type { RoutedTarget } from "../../../core/wire/target.ts";
import { type HeaderPair, isSafeValue } from "./headers.ts";

/** Where a request of ours goes, and what it carries besides the mirrored headers. */
export interface Place {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly marker: string;
  /** What the gateway in front asks for; these win over the client's. */
  readonly serviceHeaders: readonly HeaderPair[];
}

export interface Places {
  readonly shadow: Place;
  /** Null where there is no base stack. */
  readonly base: Place | null;
}

/** A target comes anew with each table. */
const gateways = new WeakMap<RoutedTarget, Omit<Place, "marker"> & { readonly baseOrigin: string | null }>();

export function placesOf(target: RoutedTarget, marker: string): Places {
  const known = gateways.get(target) ?? gatewayOf(target);
  gateways.set(target, known);
  const { origin, baseOrigin, serviceHeaders } = known;
  return {
    shadow: { origin, marker, serviceHeaders },
    base: baseOrigin === null ? null : { origin: baseOrigin, marker, serviceHeaders },
  };
}

/** `prodUrl` is empty where production stands behind the route: then it is the address the client asked. */
export function prodPlace(prodUrl: string, requestUrl: string, marker: string): Place {
  return { origin: new URL(prodUrl === "" ? requestUrl : prodUrl).origin, marker, serviceHeaders: [] };
}

/** A service header that cannot be sent as one is the operator's mistake: it throws. */
function gatewayOf({ shadowOrigin, serviceHeaders, settings }: RoutedTarget) {
  const headers = Object.entries(serviceHeaders).map(([name, value]): HeaderPair => [name.toLowerCase(), value]);
  if (!headers.every(([, value]) => isSafeValue(value))) throw new Error("a service header is no header value");
  return {
    origin: new URL(shadowOrigin).origin,
    baseOrigin: settings.base === null ? null : new URL(settings.base.origin).origin,
    serviceHeaders: headers,
  };
}
