/** What a cell is, and what it works with. */
import type { Account } from "./ledger.ts";
import type { Row } from "./promise.ts";
import type { Rig } from "./rig/rig.ts";

export interface Trial {
  readonly rig: Rig;
  /** Fewer and smaller requests: a first look that proves less. */
  readonly isQuick: boolean;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
  /** Leaves a closed deployment to be checked at the end, when there was time for its last pairs. */
  account(account: Account): void;
}

export interface Cell {
  /** `--only` takes a part of it. */
  readonly name: string;
  /** Long ones are left out of a quick run. */
  readonly isLong?: boolean;
  run(trial: Trial): Promise<readonly Row[]>;
}
