/**
 * Where a service under growing concurrency bends: up to the knee more requests at a time bring more answers, beyond it they mostly wait. Pure;
 * the steps are measured elsewhere.
 */

export interface MeasuredStep {
  readonly concurrency: number;
  /** Answers a second. */
  readonly throughput: number;
  /** Mean milliseconds of an answer. */
  readonly meanMs: number;
}

/**
 * The index of the step with the greatest power, throughput over response time: the knee by L. Kleinrock (Power and deterministic rules of thumb for
 * probabilistic problems in computer communications, ICC 1979). Null where the last step has it, for then nothing bends yet, and for fewer than three.
 */
export function kneeOf(steps: readonly MeasuredStep[]): number | null {
  if (steps.length < 3) return null;
  const power = steps.map(({ throughput, meanMs }) => (meanMs > 0 ? throughput / meanMs : 0));
  const best = power.indexOf(Math.max(...power));
  return best === steps.length - 1 || power[best] === 0 ? null : best;
}
