import { expect, test } from "vitest";
import type { StackRef } from "../../../infra/provisioner/reconcile/memory.ts";
import { createPlaces } from "../../../infra/provisioner/reconcile/places.ts";

function stack(name: string, driver: StackRef["driver"] = "kubernetes"): StackRef {
  return { driver, name, repoId: 1, shared: false };
}

test("all stacks of a pull request find a place, or none does", () => {
  const places = createPlaces(2, () => undefined);
  expect(places.take([stack("a")], "1")).toBe(true);
  expect(places.take([stack("b"), stack("b-base")], "2")).toBe(false);
  expect(places.take([stack("c")], "3")).toBe(true);
});

test("who has a place keeps it, and who waits is woken when one gets free", () => {
  const woken: string[] = [];
  const places = createPlaces(1, (pull) => void woken.push(pull));
  places.take([stack("a")], "1");
  expect(places.take([stack("a")], "1")).toBe(true);
  expect(places.take([stack("b")], "2")).toBe(false);
  places.free(stack("a"));
  expect(woken).toEqual(["2"]);
  expect(places.take([stack("b")], "2")).toBe(true);
});

test("previews take no place", () => {
  const places = createPlaces(0, () => undefined);
  expect(places.take([stack("a", "url")], "1")).toBe(true);
});

test("a sweep counts what is there, and forgets what is neither there nor wanted", () => {
  const places = createPlaces(2, () => undefined);
  places.take([stack("gone"), stack("wanted")], "1");
  places.settle([stack("found")], (key) => key === "kubernetes/wanted");
  expect(places.take([stack("more")], "2")).toBe(false);
  places.settle([], (key) => key === "kubernetes/wanted");
  expect(places.take([stack("more")], "2")).toBe(true);
});
