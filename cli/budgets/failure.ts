/** Why a command about budgets ends early: what to say, and the exit code. */
import { EXIT } from "../exit.ts";

export interface Failure {
  readonly message: string;
  readonly exit: number;
}

export function wrongUsage(message: string): Failure {
  return { message, exit: EXIT.usage };
}

export function undecided(message: string): Failure {
  return { message, exit: EXIT.undecided };
}
