/** Previews that somebody else runs: ready once there is an address, and nothing to remove. */
import { expect, test } from "vitest";
import type { Workload } from "../../../../core/shadow/stack/spec.ts";
import { urlDriver } from "../../../../infra/provisioner/drivers/url/driver.ts";
import { specOf } from "../process/spec.ts";

const driver = urlDriver();
const { signal } = new AbortController();

const standing = (workload: Workload) => driver.ensure({ ...specOf([]), workload }, signal);

test("a preview is ready at its address", async () => {
  const origin = "https://pr-3.preview.example.com";
  expect(await standing({ kind: "preview", origin })).toMatchObject({ state: "ready", origin, stamped: false });
});

test("without an address it waits and says for what", async () => {
  expect(await standing({ kind: "preview", origin: null })).toMatchObject({
    state: "progressing",
    words: expect.stringContaining("waits for a deployment of this commit"),
  });
});

test("a stack that is none of its kind is refused", async () => {
  expect(await standing({ kind: "process", command: ["true"], env: {} })).toMatchObject({
    state: "failed",
    failure: "config-error",
  });
});

test("there is nothing to find and nothing to remove", async () => {
  expect(await driver.list(signal)).toEqual([]);
  expect(await driver.remove("shadow-pr1-1", signal)).toBe("gone");
});
