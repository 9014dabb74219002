/** The kill trial's row of the table (`--kills`): no cell, because it starts the local start and not the rig. */
import { killTrial } from "./kill/trial.ts";
import { type Row, row } from "./promise.ts";

const KILLS = 100;
const NAME = "local start killed";

export async function killRows(say: (text: string) => void): Promise<readonly Row[]> {
  const { kills, acknowledged, lost, rows, counted } = await killTrial({ kills: KILLS, say });
  return [
    row(NAME, {
      promise: `of ${acknowledged} acknowledged pairs, those that ${kills} kill -9 lost`,
      goal: "0",
      measured: String(lost.length),
      isKept: lost.length === 0 && acknowledged > 0,
      seen: lost,
    }),
    row(NAME, {
      promise: `pairs counted twice, of ${rows} stored`,
      goal: "0",
      measured: String(counted - rows),
      isKept: counted === rows,
    }),
  ];
}
