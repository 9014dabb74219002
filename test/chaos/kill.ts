/** `npm run chaos:kill -- --kills 100`: the kill trial, long. Ends with 1 when a pair was lost or counted twice. */
import { parseArgs } from "node:util";
import { killTrial } from "./kill/trial.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "100" } } });
const started = Date.now();
const result = await killTrial({ kills: Number(values.kills), say: (line) => console.log(line) });
const { kills, requests, acknowledged, lost, rows, counted } = result;
console.log(
  `${kills} kills in ${Math.round((Date.now() - started) / 1000)} s: ${requests} requests, ${acknowledged} pairs acknowledged, ` +
    `${lost.length} lost, ${rows} stored, ${counted} counted`,
);
if (lost.length > 0) console.log(lost.slice(0, 20).join(" "));
process.exitCode = lost.length === 0 && rows === counted && acknowledged > 0 ? 0 : 1;
