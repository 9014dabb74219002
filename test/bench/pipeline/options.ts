/** What the command says of itself, and how much it measures. */

/** Enough for a 95 % interval of a median to be worth something. */
export const ROUNDS = 10;
export const QUICK_ROUNDS = 3;

export const HELP = `Usage: npm run bench:pipeline -- [options]

Measures the consumer in workerd with D1: its graph run once for a batch against once for each pair, and pairs per second from
the queue to their rows. All kinds take turns in every round. Takes about 5 minutes, and wants the machine to itself.

  --rounds <n>  rounds to measure (default ${ROUNDS})
  --quick       ${QUICK_ROUNDS} rounds, to try it; their figures decide nothing
  --json        the result as JSON on standard output
  --help        this text

Exit code: 0 the goal is not missed, 1 it is (the whole 95 % interval lies below it), 2 wrong usage, 3 could not be measured.
`;
