/**
 * Fisher's exact test for a table of two by two, one-sided: how probable so many or more marked ones are among those drawn,
 * were they drawn blindly (R. A. Fisher, The Design of Experiments, 1935, chapter 2: the hypergeometric upper tail).
 * In logarithms, because hundreds of pairs give probabilities no double can hold.
 */

/** Natural logarithms of factorials, by number. */
export type LogFactorials = Float64Array;

/** Of 0 to `highest`. */
export function logFactorials(highest: number): LogFactorials {
  const table = new Float64Array(highest + 1);
  for (let n = 2; n <= highest; n++) table[n] = (table[n - 1] ?? 0) + Math.log(n);
  return table;
}

/** Of `all`, `marked` are marked; `drawn` are drawn, and `both` of these are marked. */
export interface Draw {
  readonly all: number;
  readonly marked: number;
  readonly drawn: number;
  readonly both: number;
}

/** Terms smaller than this share of the sum change nothing a double could show. */
const NEGLIGIBLE = 1e-17;

/** The natural logarithm of the probability of `both` or more. Never above 0. */
export function logUpperTail({ all, marked, drawn, both }: Draw, table: LogFactorials): number {
  const most = Math.min(marked, drawn);
  if (both <= Math.max(0, marked + drawn - all)) return 0;
  const choose = (n: number, k: number) => (table[n] ?? 0) - (table[k] ?? 0) - (table[n - k] ?? 0);
  const first = choose(marked, both) + choose(all - marked, drawn - both) - choose(all, drawn);
  let [term, sum] = [1, 1];
  for (let k = both; k < most; k++) {
    term *= ((marked - k) * (drawn - k)) / ((k + 1) * (all - marked - drawn + k + 1));
    sum += term;
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.min(0, first + Math.log(sum));
}
