import { describe, expect, test } from "vitest";
import { OUT_OF_MEMORY, type Side } from "../../../../workers/tee/capture/answer.ts";
import { type AskedSides, hasAnswered, outcomeOf } from "../../../../workers/tee/mirror/outcome.ts";
import { routed } from "../routing/routed.ts";
import { DEPLOYMENT_ID } from "../target.ts";
import { seen } from "./seen.ts";

const BASE_ID = "7-0-ba5e00000000";
const base = { origin: "http://base.test", deploymentId: BASE_ID, againShare: 1 };
const plain = routed({}, { base });
const stamped = routed({}, { base, stamped: true });
const by = (deploymentId: string, parts = {}) =>
  seen({ headers: { "x-shadow-infra-deployment": deploymentId }, ...parts });
const failed: Side = { failed: "timeout", latencyMs: 5_000 };

const asked = (sides: Partial<AskedSides> = {}): AskedSides => ({
  prod: seen(),
  shadow: seen(),
  control: undefined,
  base: undefined,
  baseAgain: undefined,
  ...sides,
});

describe("answers are equal", () => {
  test("when all that were asked for are", () => {
    expect(outcomeOf(asked({ control: seen(), base: seen(), baseAgain: seen() }), plain)).toMatchObject({
      equal: true,
    });
  });

  test.each(["shadow", "control", "base", "baseAgain"])("not when %s differs", (name) => {
    const sides = { control: seen(), base: seen(), baseAgain: seen(), [name]: seen({ body: "x" }) };
    expect(outcomeOf(asked(sides), plain)).toMatchObject({ end: "pair", equal: false });
  });

  test.each(["prod", "shadow", "control", "base"])("not when %s failed", (name) => {
    expect(outcomeOf(asked({ base: seen(), [name]: failed }), plain)).toMatchObject({ end: "pair", equal: false });
  });

  test("not when both were cut", () => {
    const cut = seen({ truncated: true, bytes: new Uint8Array(256 * 1024) } as object);
    expect(outcomeOf(asked({ prod: cut, shadow: cut }), plain)).toMatchObject({ end: "pair", equal: false });
  });
});

describe("the stamp", () => {
  test("of the deployment is fine, and not asked for where there is no gateway", () => {
    expect(outcomeOf(asked({ shadow: by(DEPLOYMENT_ID) }), stamped)).toMatchObject({ end: "pair", equal: true });
    expect(outcomeOf(asked({ shadow: by("7-1-other0000000") }), plain)).toMatchObject({ end: "pair" });
  });

  test("missing means that the shadow was not reached, whatever was answered", () => {
    const outcome = outcomeOf(asked({ shadow: seen({ status: 502 }) }), stamped);
    expect(outcome).toMatchObject({ sides: { shadow: { failed: "unreached", latencyMs: 10 } }, equal: false });
  });

  test("of another push means that there is nothing to compare", () => {
    expect(outcomeOf(asked({ shadow: by("7-1-other0000000") }), stamped)).toEqual({ end: "skipped", reason: "stale" });
  });

  test("of another base stack leaves the base out, and a missing one is no answer", () => {
    const other = outcomeOf(asked({ shadow: by(DEPLOYMENT_ID), base: by("x"), baseAgain: by(BASE_ID) }), stamped);
    expect(other).toMatchObject({ end: "pair", sides: { base: undefined, baseAgain: undefined } });
    const none = outcomeOf(asked({ shadow: by(DEPLOYMENT_ID), base: seen() }), stamped);
    expect(none).toMatchObject({ sides: { base: { failed: "unreached" } } });
  });

  test("beside word that the app gave no answer is no answer, for the base stack as well", () => {
    const silent = { status: 502, headers: { "x-shadow-infra-failed": "refused" } };
    const of = (id: string) => seen({ ...silent, headers: { ...silent.headers, "x-shadow-infra-deployment": id } });
    const outcome = outcomeOf(asked({ shadow: of(DEPLOYMENT_ID), base: of(BASE_ID) }), stamped);
    expect(outcome).toMatchObject({
      end: "pair",
      sides: { shadow: { failed: "refused", latencyMs: 10 }, base: { failed: "refused" } },
    });
    expect(hasAnswered(of(DEPLOYMENT_ID), stamped)).toBe(false);
    expect(hasAnswered(of("other"), stamped)).toBeUndefined();
    // Without a gateway it is a header like any other.
    expect(outcomeOf(asked({ shadow: of(DEPLOYMENT_ID) }), plain)).toMatchObject({
      sides: { shadow: { status: 502 } },
    });
  });

  test("says whether the shadow answered", () => {
    expect(hasAnswered(by(DEPLOYMENT_ID, { status: 500 }), stamped)).toBe(true);
    expect(hasAnswered(OUT_OF_MEMORY, stamped)).toBe(true);
    expect(hasAnswered(seen(), stamped)).toBe(false);
    expect(hasAnswered(failed, stamped)).toBe(false);
    expect(hasAnswered(by("other"), stamped)).toBeUndefined();
  });
});

test("a base stack in another status class than production makes no pair", () => {
  expect(outcomeOf(asked({ base: seen({ status: 404 }) }), plain)).toEqual({ end: "skipped", reason: "environment" });
  expect(outcomeOf(asked({ base: seen({ status: 201 }) }), plain)).toMatchObject({ end: "pair" });
  expect(outcomeOf(asked({ prod: failed, base: seen({ status: 404 }) }), plain)).toMatchObject({ end: "pair" });
});

test("an answer of production that was still coming at the time limit is a stream", () => {
  expect(outcomeOf(asked({ prod: seen({ truncated: true }) }), plain)).toEqual({ end: "skipped", reason: "stream" });
});

test("no room for one of the two answers is a drop, for a second answer it is none", () => {
  for (const side of ["prod", "shadow"])
    expect(outcomeOf(asked({ [side]: OUT_OF_MEMORY }), plain)).toEqual({ end: "dropped", reason: "memory" });
  expect(outcomeOf(asked({ control: OUT_OF_MEMORY, base: OUT_OF_MEMORY }), plain)).toMatchObject({
    end: "pair",
    equal: true,
  });
});
