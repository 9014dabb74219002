/** Runs cells one after the other on one rig, then checks the ledgers of all of them. */
import type { Cell, Trial } from "./cell.ts";
import { breaker } from "./cells/breaker.ts";
import { CONTROL_CELLS } from "./cells/endings.ts";
import { FAULT_CELLS } from "./cells/faults.ts";
import { isolate } from "./cells/isolate.ts";
import { MEMORY_CELLS } from "./cells/memory.ts";
import { once } from "./cells/once.ts";
import { SAMPLING_CELLS } from "./cells/sampling.ts";
import { slowUpload } from "./cells/slow-upload.ts";
import { closeConnections } from "./client/exchange.ts";
import { type Account, settled } from "./ledger.ts";
import type { Row } from "./promise.ts";
import { startRig } from "./rig/rig.ts";

/** In this order. The last ones kill the tee or look back. */
export const CELLS: readonly Cell[] = [
  ...MEMORY_CELLS,
  ...FAULT_CELLS,
  slowUpload,
  breaker,
  ...CONTROL_CELLS,
  ...SAMPLING_CELLS,
  isolate,
  once,
];

const SHORT: ReadonlySet<string> = new Set([
  "200 MB answer to a stopped client",
  "everything whole",
  "shadow hang",
  "shadow garbage",
  "queue down",
  "queue garbage",
  "database down",
  "registry hang",
  "registry garbage",
  "model hang",
  "own down",
  "own hang",
  "production",
]);

/** What fits into the project's tests. */
export const SHORT_CELLS: readonly Cell[] = CELLS.filter(({ name }) => SHORT.has(name));

export interface RunOptions {
  readonly cells: readonly Cell[];
  readonly isQuick: boolean;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

export async function runCells({ cells, isQuick, say, signal }: RunOptions): Promise<readonly Row[]> {
  const rig = await startRig({ say, signal });
  const accounts: Account[] = [];
  const trial: Trial = { rig, isQuick, say, signal, account: (one) => void accounts.push(one) };
  const rows: Row[] = [];
  try {
    for (const [at, cell] of cells.entries()) {
      signal.throwIfAborted();
      say(`[${at + 1}/${cells.length}] ${cell.name}`);
      rows.push(...(await cell.run(trial)));
    }
    if (accounts.length > 0) {
      say("Waiting for the last pairs");
      rows.push(...(await settled(accounts, rig)));
    }
    return rows;
  } finally {
    closeConnections();
    await rig.close();
  }
}
