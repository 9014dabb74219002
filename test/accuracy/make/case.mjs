/**
 * How a server's table of cases is written: `c(line, path, plant, why, more)`. The verdict follows from the policy line.
 * `more`: method, headers, body; `on` (a change of every side), `prod`, `control`, `base`, `baseAgain` (true, or a change
 * of that side), `late` (milliseconds before the shadow and the second answers are asked), `times` (pairs in a row).
 */
export const VERDICT_OF = { safe: "Safe", warn: "Warning", crit: "Critical" };

export function c(...[line, path, plant, why, more = {}]) {
  return { line, path, plant, why, ...more };
}

/** The verdict a policy line stands for. */
export function verdictOf(line) {
  const verdict = VERDICT_OF[line.split("-")[0]];
  if (verdict === undefined) throw new Error(`no verdict for ${line}`);
  return verdict;
}
