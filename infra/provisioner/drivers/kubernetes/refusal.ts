/**
 * What an answer of the API that is no success means for a stack, as a table from its status and words. Pure; the words of the API
 * travel on, because they name the quota, the rule or the field.
 */
import type { StackFailure } from "../driver.ts";

export type Refusal =
  /** Passes by itself: a conflict, a namespace that is going. */
  | { readonly kind: "later"; readonly words: string }
  /** A field that never changes would have to: the object is deleted and made anew. */
  | { readonly kind: "recreate" }
  | { readonly kind: "failed"; readonly failure: StackFailure; readonly words: string };

interface Row {
  readonly statuses: readonly number[];
  readonly words: RegExp;
  readonly means: "later" | "recreate" | StackFailure;
}

/** First row that fits. Words are those of Kubernetes 1.20 to 1.34. */
const ROWS: readonly Row[] = [
  {
    statuses: [403, 409, 404],
    words: /because it is being terminated|is being deleted|object is being deleted/,
    means: "later",
  },
  // A quota that was made a moment ago has not been counted yet.
  { statuses: [403], words: /status unknown for quota/, means: "later" },
  { statuses: [404], words: /namespaces "[^"]*" not found/, means: "later" },
  { statuses: [409], words: /./, means: "later" },
  {
    statuses: [403],
    words: /exceeded quota|is forbidden: (?:maximum|minimum) |failed quota|must specify/,
    means: "quota",
  },
  { statuses: [403], words: /violates PodSecurity|PodSecurityPolicy|podsecurity/i, means: "pod-security" },
  {
    statuses: [422],
    words: /field is immutable|may not change once set|updates to .* are forbidden/,
    means: "recreate",
  },
];

export function refusalOf(what: string, status: number, message: string): Refusal {
  const row = ROWS.find(({ statuses, words }) => statuses.includes(status) && words.test(message));
  const said = `${what}: ${message || `the cluster answered ${status}`}`;
  if (row?.means === "later") return { kind: "later", words: said };
  if (row?.means === "recreate") return { kind: "recreate" };
  return { kind: "failed", failure: row?.means ?? "refused-by-cluster", words: said };
}

/** The same for the words of a controller that may not make a stack's pods: `ReplicaFailure` of a Deployment. Null: it passes. */
export function podRefusalOf(message: string): StackFailure | null {
  if (message.includes("status unknown for quota")) return null;
  if (/exceeded quota|failed quota|(?:maximum|minimum) |must specify/.test(message)) return "quota";
  return /violates PodSecurity|PodSecurityPolicy|podsecurity/i.test(message) ? "pod-security" : "refused-by-cluster";
}
