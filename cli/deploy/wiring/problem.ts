/** What a check of the wiring answers with. Apart, so that the checks do not import the list of checks. */

/** One thing that would break, or mix two environments, once deployed. */
export interface WiringProblem {
  /** Permanent kebab-case id of the check. */
  readonly rule: string;
  /** The file, and the environment in it. */
  readonly where: string;
  /** What is wrong, and what would make it right. */
  readonly text: string;
}
