/** A judged pair in the form in which it leaves: an output line of the CLI, the answer of `POST /compare`. */
import type { Judgement } from "../wire/api/verdict.ts";
import type { Judged } from "./format.ts";

/** Leaves out what only rows and the pair's page need: reasons, ranges and differences of each finding. */
export function judgementOf({ id, verdict, decidedBy, reasoning, findings }: Judged): Judgement {
  const shown = findings.map(({ rule, severity, path, signature, noise }) => ({
    rule,
    severity,
    path,
    signature,
    noise,
  }));
  return { id, verdict, decidedBy, reasoning, findings: shown };
}
