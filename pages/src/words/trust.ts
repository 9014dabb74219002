/** A deployment's mirroring in words: rate, cap, breaker, filters, identities, redaction. */
import type { Deployment } from "../../../core/wire/api/deployments.ts";
import type { Ledger } from "../../../core/wire/api/ledger.ts";
import { counted, share, whole } from "./numbers.ts";

export interface TrustLine {
  readonly name: string;
  readonly words: readonly string[];
}

export function trustLines(deployment: Deployment, ledger: Ledger | undefined): readonly TrustLine[] {
  return [
    { name: "Sampling", words: samplingWords(deployment, ledger) },
    { name: "Breaker", words: breakerWords(ledger) },
    { name: "Mirrored", words: mirroredWords(deployment) },
    { name: "Second answers", words: secondWords(deployment) },
    { name: "Identities", words: identityWords(deployment) },
    { name: "Redaction", words: redactionWords(deployment) },
  ];
}

type Of = Pick<Deployment, "mirroring">;

function samplingWords(
  { rate, mirroring: { maxRps, sticky } }: Of & Pick<Deployment, "rate">,
  ledger: Ledger | undefined,
) {
  const cap = maxRps === null ? "no cap" : `at most ${whole(maxRps)} a second over all isolates`;
  const key = sticky === null ? "the client's address" : sticky.replace(":", " ");
  const now = (ledger?.hosts ?? []).flatMap(({ host, standing }) =>
    standing === null || standing.probability >= rate
      ? []
      : [`${host}: ${share(standing.probability)} now, by the cap`],
  );
  return [`${share(rate)} of requests, ${cap}`, `a client is in or out by ${key}`, ...now];
}

function breakerWords(ledger: Ledger | undefined): readonly string[] {
  const skipped = ledger?.skipped["breaker"] ?? 0;
  const states = (ledger?.hosts ?? []).flatMap(({ host, standing }) =>
    standing === null || standing.breaker === "closed" ? [] : [`${host}: ${BREAKER[standing.breaker]}`],
  );
  const rule = "opens after 5 failures in a row or half of the last 20";
  return [
    ...(states.length === 0 ? [`closed; it ${rule}`] : states),
    ...(skipped > 0 ? [`${counted(skipped, "request")} skipped by it`] : []),
  ];
}

const BREAKER = {
  open: "open, the shadow does not answer; nothing is mirrored",
  trial: "trying single requests, the shadow did not answer",
} as const;

function mirroredWords({ mirroring: { methods, include, exclude, routes } }: Of): readonly string[] {
  const rules = routes.map(({ match, mirror }) => `${match}: ${mirror ? "mirrored" : "never"}`);
  const paths = include.length === 0 ? "every path" : include.join(", ");
  const without = exclude.length === 0 ? "" : `, without ${exclude.join(", ")}`;
  return [`${methods.join(", ")} on ${paths}${without}`, ...rules];
}

function secondWords({ mirroring: { controlShare, base } }: Of): readonly string[] {
  const control =
    controlShare > 0
      ? `production is asked twice for ${share(controlShare)} of the samples`
      : "production is asked once";
  if (base === null) return [control];
  const again = base.againShare > 0 ? `, twice for ${share(base.againShare)}` : "";
  return [control, `the base stack ${base.origin} is asked too${again}`];
}

function identityWords({ mirroring: { credentials } }: Of): readonly string[] {
  return credentials.length === 0
    ? ["requests with credentials are skipped; no cookie and no authorization ever travels"]
    : [`${credentials.join(", ")} of a test identity are sent in place of the user's`];
}

function redactionWords({ mirroring: { redact } }: Of): readonly string[] {
  if (redact.shapeOnly) return ["no value is stored at all, only names, types and structure"];
  const more = [
    ...(redact.names.length > 0 ? [`names: ${redact.names.join(", ")}`] : []),
    ...(redact.patterns.length > 0 ? [`patterns: ${redact.patterns.join("  ")}`] : []),
    ...(redact.phones ? ["telephone numbers"] : []),
  ];
  return ["secrets by name and by form are replaced in the tee, before anything is stored", ...more];
}
