/** Credentials of users never reach a shadow; the test identities that stand for them do. The short form of `npm run canaries`. */
import { beforeAll, expect, test } from "vitest";
import { type CredentialOutcome, runCredentials } from "../canaries/credential-run.ts";

const REQUESTS = 1_000;

let outcome: CredentialOutcome;

beforeAll(async () => {
  outcome = await runCredentials(REQUESTS, () => undefined);
});

test("production has answered every client, and every request is accounted for", () => {
  const { statuses, ledger } = outcome;
  expect(statuses).toEqual([200]);
  expect(ledger.sampled).toBeGreaterThanOrEqual(REQUESTS);
  expect(ledger).toMatchObject({ unexplained: 0, shadowFailed: 0, dropped: {} });
  expect(ledger.skipped["credentials"]).toBeGreaterThan(REQUESTS / 4);
});

test("nothing that a user authenticated with reached the shadow", () => {
  expect(outcome.leaked).toEqual([]);
  expect(outcome.mirrored).toBeGreaterThan(REQUESTS / 4);
});

test("each request whose credentials are mapped arrived with the test identities in their place", () => {
  expect(outcome.mapped).toBeGreaterThan(REQUESTS / 4);
  expect(outcome.withoutIdentity).toEqual([]);
});
