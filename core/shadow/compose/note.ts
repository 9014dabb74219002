/** What is said of a compose file's keys: where, about what, and in a person's words. */

export interface ComposeNote {
  /** The file of the repository: `extends` and `include` read others. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  /** `services.web.privileged`. */
  readonly key: string;
  /**
   * `dropped`: has no meaning in a shadow, or nothing depends on it. `adjusted`: translated into something near, such as a host path
   * that became an empty volume. `refused`: cannot be run safely or faithfully, so the stack is not started.
   */
  readonly effect: "dropped" | "adjusted" | "refused";
  /** Stable, kebab-case: `host-path`, `privileged`, `unknown-key`. */
  readonly code: string;
  /** What it is and what to do. */
  readonly message: string;
}
