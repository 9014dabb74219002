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
  /** Host of production, for a gateway that lets the app see what production sees; null where there is no gateway. */
  readonly host: string | null;
}

export interface Places {
  readonly shadow: Place;
  /** Null where there is no base stack. */
  readonly base: Place | null;
}

/** A target comes anew with each table. */
const gateways = new WeakMap<RoutedTarget, Omit<Place, "marker" | "host"> & { readonly baseOrigin: string | null }>();

export function placesOf(target: RoutedTarget, { origin: prodOrigin, marker }: Place): Places {
  const known = gateways.get(target) ?? gatewayOf(target);
  gateways.set(target, known);
  const { origin, baseOrigin, serviceHeaders } = known;
  const host = target.settings.stamped ? prodOrigin.slice(prodOrigin.indexOf("//") + 2) : null;
  return {
    shadow: { origin, marker, serviceHeaders, host },
    base: baseOrigin === null ? null : { origin: baseOrigin, marker, serviceHeaders, host },
  };
}

/** `prodUrl` is empty where production stands behind the route: then it is the address the client asked. */
export function prodPlace(prodUrl: string, requestUrl: string, marker: string): Place {
  return { origin: new URL(prodUrl === "" ? requestUrl : prodUrl).origin, marker, serviceHeaders: [], host: null };
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
