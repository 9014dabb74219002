/** Secrets of a stack in what is said of it: code under review writes its own logs. */
import { expect, test } from "vitest";
import type { StackSpec } from "../../../core/shadow/stack/spec.ts";
import type { Driver, StackStanding } from "../../../infra/provisioner/drivers/driver.ts";
import { discreet, withoutSecrets } from "../../../infra/provisioner/reconcile/hidden.ts";

const SECRETS = ["postgres://app:p%40ss-word@db.staging/shop", "line one of a key\nline two of a key", "on"];

function failed(text: string): StackStanding {
  return {
    state: "failed",
    failure: "crash-loop",
    words: `web: ${text}`,
    log: `start\n${text}\nend`,
    services: [{ name: "web", image: "i", state: "failed", reason: text }],
    podSecurity: null,
  };
}

test.each([
  ["as it is", "postgres://app:p%40ss-word@db.staging/shop", "[hidden]"],
  ["its password alone", "no login with p@ss-word here", "no login with [hidden] here"],
  ["in JSON", JSON.stringify({ key: SECRETS[1] }), '{"key":"[hidden]"}'],
  ["a line of it", "read: line two of a key", "read: [hidden]"],
  ["in base64", Buffer.from(SECRETS[1] ?? "").toString("base64"), "[hidden]"],
  ["a word that is too short to be one", "on and on", "on and on"],
])("%s", (_, text, expected) => {
  expect(withoutSecrets(failed(text), SECRETS)).toEqual(failed(expected));
});

test("what is not ready yet is said without them too, and an address stays", () => {
  const services = failed(SECRETS[0] ?? "").services;
  const seen = { services, podSecurity: null };
  const progressing: StackStanding = { state: "progressing", words: `waits: ${SECRETS[0]}`, ...seen };
  expect(JSON.stringify(withoutSecrets(progressing, SECRETS))).not.toContain("db.staging");
  const ready: StackStanding = { state: "ready", origin: "https://pr-1-a.example.com", stamped: true, ...seen };
  expect(withoutSecrets(ready, SECRETS)).toMatchObject({ origin: "https://pr-1-a.example.com" });
});

test("a driver is heard without those of the stack's own repository", async () => {
  const text = `${SECRETS[0]} and another's`;
  const driver: Driver = {
    name: "kubernetes",
    ensure: async () => failed(text),
    idle: async () => {},
    remove: async () => "gone",
    list: async () => [],
  };
  const repositories = new Map([[7, { secrets: { DB: SECRETS[0] ?? "" } }]]);
  // Of a spec only whose it is counts here.
  const specOf = (repoId: number) => ({ identity: { repoId } }) as StackSpec;
  const heard = discreet(driver, repositories);
  expect(await heard.ensure(specOf(7), AbortSignal.timeout(1_000))).toEqual(failed("[hidden] and another's"));
  expect(await heard.ensure(specOf(8), AbortSignal.timeout(1_000))).toEqual(failed(text));
});
