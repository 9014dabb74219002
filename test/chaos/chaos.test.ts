/** The short form of `npm run chaos`: every part breaks in every way once, and clients of production see nothing of it. */
import { expect, test } from "vitest";
import { runCells, SHORT_CELLS } from "./runner.ts";
import { table } from "./table.ts";

const LIMIT_MS = 150_000;

test.skipIf(process.platform !== "linux")(
  "whatever breaks, clients of production get the same bytes as fast, and the ledger adds up",
  async ({ signal }) => {
    const rows = await runCells({ cells: SHORT_CELLS, isQuick: true, say: () => undefined, signal });
    const broken = rows.filter(({ isKept }) => !isKept);
    expect(rows.length).toBeGreaterThan(SHORT_CELLS.length);
    expect(broken, table(rows)).toEqual([]);
  },
  LIMIT_MS,
);
