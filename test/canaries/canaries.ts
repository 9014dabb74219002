/** `npm run canaries`: the long form. Prints what was searched and ends with 1 where anything was found. */
import { runCanaries } from "./run.ts";

const [count = "5000"] = process.argv.slice(2);
const outcome = await runCanaries(Number(count), (line) => console.log(line));
const { secrets, requests, ledger, ordinary } = outcome;
console.log(`${secrets} secrets, ${requests} requests; compared ${ledger.compared} of ${ledger.sampled} sampled`);
let failed = ordinary.replaced.length > ordinary.values / 100;
for (const [place, { bytes, secrets: found, hasMarker }] of outcome.places) {
  console.log(`${place.padEnd(10)} ${bytes} B, ${found.size} secrets${hasMarker ? "" : ", and not searched where values are"}`);
  for (const text of [...found].slice(0, 10)) console.log(`  ${text.slice(0, 100)}`);
  if (found.size > 0 || !hasMarker) failed = true;
}
console.log(`${ordinary.replaced.length} of ${ordinary.values} ordinary values replaced`);
process.exitCode = failed ? 1 : 0;
