/**
 * CPU time of this thread, for tests that hold a limit on work: unlike time on the clock it does not grow because
 * other tests run beside them.
 */

type CpuUsage = ReturnType<typeof process.threadCpuUsage>;

/** A moment to measure from. */
export function cpuNow(): CpuUsage {
  return process.threadCpuUsage();
}

/** Milliseconds of work of this thread since then. */
export function cpuMsSince(start: CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000;
}
