/** What an example is: two versions of a service, the traffic sent to it, and what a good report says about it. */
import type { DifferenceKind } from "../../../core/compare/difference.ts";
import type { Severity } from "../../../core/verdict/severity.ts";
import type { ExampleName } from "./names.ts";
import type { Routes } from "./server.ts";

export interface ExampleRequest {
  readonly method: "GET" | "POST" | "HEAD";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A regression of the shadow that a report must show. */
export interface Planted {
  readonly id: string;
  /** As the report names it: `GET /purchases/{id}`. */
  readonly route: string;
  /** One sentence: what a user of the service would notice. */
  readonly what: string;
  /** A drift counts as this one when all that is given here agrees. */
  readonly expected: {
    /** The drift's path pattern: `$.parcelCount`, `status`, `header:set-cookie`. Its sub-paths count too. */
    readonly pattern?: string;
    /** A word of the rule's id, where a finding is about the whole pair: `latency`. */
    readonly rule?: string;
    readonly kind?: DifferenceKind;
    /** The least severity it is reported with. */
    readonly severity: Exclude<Severity, "Safe">;
  };
}

export interface Example {
  readonly name: ExampleName;
  /** `owner/name` as a report shows it. */
  readonly repository: string;
  readonly repositoryId: number;
  readonly pull: { readonly number: number; readonly title: string; readonly branch: string };
  readonly production: Routes;
  readonly shadow: Routes;
  /** The whole traffic in the order in which it is sent, always the same. */
  readonly traffic: readonly ExampleRequest[];
  readonly planted: readonly Planted[];
  /** Routes on which the versions differ by noise alone: a drift there is a false alarm. */
  readonly noiseOnlyRoutes: readonly string[];
}
