/**
 * Secrets in every carrier go through all Workers and are found nowhere afterwards, while ordinary text is. The short form of
 * `npm run canaries`.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLACES } from "../canaries/places.ts";
import { type Outcome, runCanaries } from "../canaries/run.ts";

const SECRETS = 500;

/** It takes 40 s on a machine that does nothing else. */
const LIMIT_MS = 300_000;

let outcome: Outcome;
const said: string[] = [];

beforeAll(async () => {
  outcome = await runCanaries(SECRETS, (line) => said.push(`${Math.round(performance.now() / 1_000)} s: ${line}`));
}, LIMIT_MS);

test("every request was mirrored, compared and stored", () => {
  const { ledger, requests, secrets } = outcome;
  expect(secrets).toBe(SECRETS);
  expect(requests).toBeGreaterThan(SECRETS);
  expect(ledger.sampled, said.join("\n")).toBeGreaterThanOrEqual(requests);
  expect(ledger).toMatchObject({ compared: ledger.sampled, unexplained: 0 });
});

describe.each(PLACES)("in the %s", (place) => {
  test("no secret is found, in any spelling", () => {
    expect(Array.from(outcome.places.get(place)?.secrets ?? ["it was not searched"])).toEqual([]);
  });

  test("the same search finds the ordinary text that travelled in every carrier with them", () => {
    expect(outcome.places.get(place)?.hasMarker).toBe(true);
  });
});

afterAll(() => console.log(said.join("\n")));

test("at most 1 % of ordinary values were replaced", () => {
  const { values, replaced } = outcome.ordinary;
  expect(values).toBeGreaterThan(2_000);
  expect(replaced.length, replaced.join("\n")).toBeLessThanOrEqual(values / 100);
});
