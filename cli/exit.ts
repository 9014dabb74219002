/** Exit codes of every command. */
export const EXIT = {
  passed: 0,
  /** The gate, a budget or `--fail-on` says no. */
  failed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Could not decide or reach. */
  undecided: 3,
  interrupted: 130,
} as const;
