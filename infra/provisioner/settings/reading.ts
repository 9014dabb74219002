/** What the readers of settings are handed: the environment by name, and where to put a problem. */
import type { Environment, VariableName } from "./variables.ts";

export interface Reading {
  readonly env: Environment;
  /** Undefined: not set, or empty. */
  readonly get: (name: VariableName) => string | undefined;
  /** What it is, why it matters, what to do. */
  readonly problem: (words: string) => void;
}
