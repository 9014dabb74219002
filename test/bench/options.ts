/** What the command says of itself, and how much it measures. */

/** As many rounds as a 95 % interval of a median needs to be worth something. */
export const ROUNDS = 20;
export const QUICK_ROUNDS = 3;

export const HELP = `Usage: npm run bench:tee -- [options]

Measures what the tee costs: CPU per request and requests per second of the tee at 0, 1 and 100 % mirrored, with answers
of 1 KB and 50 KB, as multiples of a Worker that hands every request on. All kinds take turns in every round.
Linux only. Takes about 6 minutes, and wants the machine to itself.

  --rounds <n>  rounds to measure (default ${ROUNDS})
  --quick       ${QUICK_ROUNDS} rounds with fewer requests, to try it; its figures decide nothing
  --json        the result as JSON on standard output
  --help        this text

Exit code: 0 no goal is missed, 1 one is (its whole 95 % interval lies above it), 2 wrong usage, 3 could not be measured.
`;
