/** The short form of `npm run chaos`: parts break once each, and clients of production see nothing of it. */
import { availableParallelism, loadavg } from "node:os";
import { expect, test } from "vitest";
import { runCells, SHORT_CELLS } from "./runner.ts";
import { table } from "./table.ts";

const LIMIT_MS = 240_000;

/** With more work waiting for each core than this, other programs decide what is late: then stalls are not judged. */
const BUSY_LOAD_PER_CORE = 2;

test.skipIf(process.platform !== "linux")(
  "whatever breaks, clients of production get the same bytes as fast, and the ledger adds up",
  async ({ signal }) => {
    const isBusy = (loadavg()[0] ?? 0) > BUSY_LOAD_PER_CORE * availableParallelism();
    const rows = await runCells({ cells: SHORT_CELLS, isQuick: true, say: () => undefined, signal });
    const judged = isBusy ? rows.filter(({ promise }) => !promise.startsWith("stalls")) : rows;
    expect(judged.length).toBeGreaterThan(SHORT_CELLS.length);
    expect(
      judged.filter(({ isKept }) => !isKept),
      table(rows),
    ).toEqual([]);
  },
  LIMIT_MS,
);
