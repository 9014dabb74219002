import { expect, test } from "vitest";
import {
  createMemory,
  FULL_LOOK_EVERY_MS,
  type Known,
  knownBefore,
} from "../../../../infra/provisioner/drivers/kubernetes/memory.ts";
import { sha, spec } from "../../../standins/kubernetes/specs.ts";

const KNOWN: Known = { mark: "a", at: 1_000, equal: new Set(), clusterIps: {} };

test("what was looked at counts for a while, and only for the same objects", () => {
  expect(knownBefore(KNOWN, { mark: "a", now: 1_000 })).toBe(true);
  expect(knownBefore(KNOWN, { mark: "b", now: 1_000 })).toBe(false);
  expect(knownBefore(KNOWN, { mark: "a", now: 1_000 + FULL_LOOK_EVERY_MS })).toBe(false);
  expect(knownBefore(null, { mark: "a", now: 1_000 })).toBe(false);
});

test("it is kept by stack: the base of a pull request is another", () => {
  const memory = createMemory();
  memory.set(spec(), KNOWN);
  expect(memory.get(spec({ identity: { sha: sha("b") } }))).toBe(KNOWN);
  expect(memory.get(spec({ identity: { role: "base" } }))).toBeNull();
  memory.set(spec(), null);
  expect(memory.get(spec())).toBeNull();
});

test("having been ready counts for that commit and attempt alone, until the stack is removed", () => {
  const memory = createMemory();
  memory.sawReady(spec(), 5);
  expect(memory.readyAt(spec())).toBe(5);
  expect(memory.readyAt(spec({ identity: { sha: sha("b") } }))).toBeNull();
  expect(memory.readyAt(spec({ attempt: "7" }))).toBeNull();
  memory.forget("shadow-pr12-3mv");
  expect(memory.readyAt(spec())).toBeNull();
});
