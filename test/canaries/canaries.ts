/**
 * `npm run canaries`: the long form. Prints what was searched, what arrived at the shadow, and ends with 1 where anything was
 * found that should not be there. Other numbers of secrets and requests by its two arguments.
 */
import { runCredentials } from "./credential-run.ts";
import { type Outcome, runCanaries } from "./run.ts";

const [secrets = "5000", requests = "10000"] = process.argv.slice(2);
const say = (line: string): void => console.log(line);

const canariesHold = report(await runCanaries(Number(secrets), say));
const credentials = await runCredentials(Number(requests), say);
say(
  `${credentials.requests} requests with credentials, ${credentials.mirrored} mirrored, ${credentials.leaked.length} with a user's own`,
);
say(`${credentials.mapped} with mapped ones, ${credentials.withoutIdentity.length} without the test identity`);
const held = credentials.leaked.length === 0 && credentials.withoutIdentity.length === 0;
process.exitCode = canariesHold && held ? 0 : 1;

function report(outcome: Outcome): boolean {
  const { ledger, ordinary, places } = outcome;
  say(
    `${outcome.secrets} secrets in ${outcome.requests} requests; compared ${ledger.compared} of ${ledger.sampled} sampled`,
  );
  for (const [place, { bytes, secrets: found, hasMarker }] of places) {
    say(`${place.padEnd(10)} ${bytes} B, ${found.size} secrets, ordinary text ${hasMarker ? "found" : "NOT FOUND"}`);
    for (const text of [...found].slice(0, 10)) say(`  ${text.slice(0, 100)}`);
  }
  say(`${ordinary.replaced.length} of ${ordinary.values} ordinary values replaced`);
  const clean = [...places.values()].every(({ secrets: found, hasMarker }) => found.size === 0 && hasMarker);
  return clean && ordinary.replaced.length <= ordinary.values / 100;
}
